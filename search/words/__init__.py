"""The leg of words: what a text says, letter by letter, as the shop's texts say it.

    language.py   stems of which language: the shop's
    lexicon.py    every word and stem of the shop, and how many products have it
    analysis.py   a text -> terms: stems, synonyms, what was mistyped; what each is worth
    leg.py        terms -> the products that hold them: how rare the words are, where they stand

Documents (`search.models.Document`) are kept by triggers (migration 0012).
"""
