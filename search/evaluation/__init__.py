"""The relevance lab: says by numbers whether a model, or a change to one, finds what is right.

    folders.py             folders whose names are labels -> labelled picture files
    encoder.py             which model is under test
    folder_evaluation.py   -> vectors (search/encoders) -> measures -> one report
    measures.py            vectors and labels -> a figure for each query, and intervals
    zero_shot.py           labels -> texts -> vectors (a prompt ensemble)
    recall.py              the shop's search beside an exact one
    colors.py              the colours of pictures (search/colors) beside what they are sold as

But for the last two it measures the model alone: exact cosines by brute force, so that nothing an
index or a fusion of legs does can help or harm. Pictures pass the shop's own intake and the served
encoder, as a shopper's photo does. `manage.py evaluate` is its face.
"""
