"""Visual search: finds products by words, by a photo, or by both.

WRITE: a product or picture is saved
    signals.py   saved, by whatever path
    indexing.py  -> its embedding row becomes *pending* (no embedding for its content hash)
    tasks.py     -> on commit a task; and a periodic sweep for whatever no task told of
    indexing.py  -> claimed in batches, attempts counted first
    encoders/    -> vectors
    models.py    -> Embedding, in pgvector's halfvec; Listing, kept by triggers (migration 0003)
    colors/      -> PictureColors: due by triggers (migration 0012), made by a task of its own

READ: a shopper searches
    views.py api.py   page and API parse and render
    photo_views.py    the camera: a photo is kept, and answered with the address of its search
    query.py          -> one SearchQuery, made by one form
    intent.py         -> what its words want, and what they do not want
    filters.py        -> what a product must be, as SQL over listings and variants
    ranking.py        -> vectors for words and pictures (encoders/), legs, candidates, one order
    router.py         -> the way of each leg of vectors: exact, graph or signatures
    retrieval.py      -> their statements
    words/            -> the leg of words: terms, and which products hold them
    background.py     -> what a score is worth where nothing fits
    fusion.py         -> the weighted sum, from every leg for every candidate
    evidence.py       -> whether anything is close, and where the tail ends
    service.py        -> a page of products, with facets.py of what is shown
    facts.py          -> how it was searched, for headers, API and metrics.py

WATCH: now and then
    recall.py         samples of searches, asked again exactly: how much was missed
    attributes/       what pictures show of attributes: learnt, read, suggested (its __init__)
    vector_indexes.py made once there are vectors enough, dropped with the last use (tasks.py)
    enrichment/       categories, colours, descriptions: suggested, decided on, learnt from
    duplicates/       pictures that are on two products: found beside embedding, asked about
    versions/         another model: built beside the live one, compared, switched to

TUNE: by the merchant
    desk/             results judged, other weights tried and made live, pins (arranging.py)
    board/ events/    what waits and what failed; what was searched, and what came of it

`search` imports `shop`, never the reverse.
"""
