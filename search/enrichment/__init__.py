"""Suggestions that complete products: category, colour, alternative texts.

    models.py       what is suggested and who decided (also of `search.attributes`), what was learnt
    title_words.py  which words titles have in which category
    categories.py   pictures and titles -> a category, or the one above where that is all one knows
    colours.py      colours of pictures -> the shop's own words for colours
    alt_text.py     what is known of a picture -> a plain sentence
    catalogue.py    the shop's products as all of these read them
    calibration.py  scores and how they came out -> what share of a score is right
    stored.py       all that is learnt, in PostgreSQL: it belongs to the model whose vectors it read
    suggesting.py   suggestions for some products, made anew any number of times
    decisions.py    accept, correct, reject; all above a confidence; undo
    upkeep.py       in the background: learn, suggest, fit calibrations to decisions
    cards.py        what waits for a decision, product by product
    pages.py admin.py   all that in the shop's admin
    guessing.py     ASK: the category of products that are being made

Attributes are read by `search.attributes`; they are decided on here with all others, and their
confidence is calibrated in the same way.
"""
