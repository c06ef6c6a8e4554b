"""The relevance lab: says by numbers whether a model or a change finds what is right.

A model alone, on labelled folders: exact cosines by brute force, so that nothing an index or a
fusion of legs does can help or harm. Pictures pass the shop's own intake and the served encoder, as
a shopper's photo does.

    folders.py             folders whose names are labels -> labelled picture files
    encoder.py             which model is under test
    folder_evaluation.py   -> vectors (search/encoders) -> measures -> one report
    measures.py            vectors and labels -> a figure for each query, and intervals
    zero_shot.py           labels -> texts -> vectors (a prompt ensemble)

A shop, by queries that are judged: its own search, asked as a shopper asks it, beside every other
way to combine what it knows.

    judgements.py rules.py     a file, or the shop's own data -> queries with graded products
    catalogue.py stored.py     the shop's products and vectors, as plain values and arrays
    pictures.py                pictures of queries; pictures of the shop, changed as by a shopper
    asking.py                  a query -> the shop's search -> what it found
    combining.py learned.py    the same query, in every other way
    graded.py comparing.py     rankings -> nDCG, MRR, recall; differences with intervals
    catalogue_evaluation.py    all of that -> one report; report.py -> a page

And what needs no judgements.

    selfretrieval.py           do changed pictures find their own products?
    cutoff.py nonsense.py      does it know when it has nothing?
    behaviour.py typos.py      SKUs, colours, photos "in red", typos, "without"
    recall.py                  the shop's search beside an exact one
    colors.py                  the colours of pictures beside what they are sold as

`manage.py evaluate` is the face of it all; `faces/` has an action each.
"""
