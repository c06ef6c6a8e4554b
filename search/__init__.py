"""Visual search: finds products by words, by a photo, or by both.

WRITE: a product or picture is saved
    signals.py   saved, by whatever path
    indexing.py  -> its embedding row becomes *pending* (no embedding for its content hash)
    tasks.py     -> on commit a task; and a periodic sweep for whatever no task told of
    indexing.py  -> claimed in batches, attempts counted first
    encoders/    -> vectors
    models.py    -> Embedding, in pgvector's halfvec; Listing, kept by triggers (migration 0003)

READ: a shopper searches
    views.py api.py   page and API parse and render
    query.py          -> one SearchQuery, made by one form
    service.py        -> vectors for its words and pictures (encoders/)
    filters.py        -> what a product must be, as SQL over listings and variants
    router.py         -> the way of each leg of vectors: exact, graph or signatures
    retrieval.py      -> the statements of the legs: pictures, texts, full-text
    fusion.py         -> one order
    service.py        -> a page of products
    facts.py          -> how it was searched, for headers, API and metrics.py

WATCH: now and then
    recall.py         samples of searches, asked again exactly: how much was missed
    attributes/       what pictures show of attributes: learnt, read, suggested (its __init__)
    vector_indexes.py made once there are vectors enough, dropped with the last use (tasks.py)

`search` imports `shop`, never the reverse.
"""
