"""Attributes read from pictures: "striped", "leather", "v-neck".

    models.py       what is read, in which words and where (an admin edits it); suggestions
    vocabulary.py   that data, seeded by what the shop's products have
    prompts.py      a value's wordings -> one text vector
    examples.py     the shop's own products with their values -> arrays
    tree.py         -> means over the tree of categories
    categories.py   -> what sets a picture apart from its category, and which category it shows
    learning.py     -> a reader: texts, prototypes and how common a value is, weighed by fitting.py
    reader.py       the reader: vectors -> values with confidence
    stored.py       kept in PostgreSQL, loaded once a process, learnt anew when it should be
    reading.py      ASK: `read` a vector, `read_photo` for chips
    suggestions.py  for products that lack an attribute; accepted or rejected by an admin
    upkeep.py       in the background: learn, then read what is new or changed
    admin*.py       all that in the shop's admin

A softmax is over the values of one attribute, never across attributes. A reading is *sure* above a
floor that the shop's own confirmed products have proven right; else it is left unsure.
"""
