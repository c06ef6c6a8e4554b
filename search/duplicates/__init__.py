"""The same picture on two products.

    pixels.py    do two files show one and the same picture?
    finding.py   which pictures might be a new one; which are
    upkeep.py    each embedded picture is compared once, in the background
    deciding.py  what a merchant says of a pair, and takes back
    queue.py     the pairs that wait, as pages read them
    admin.py     their page; what a product's page shows beside its pictures
    uploads.py   what uploads of many photos get of it

Nothing is merged by itself: a pair is a question.
"""
