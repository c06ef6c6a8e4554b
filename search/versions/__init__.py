"""Changing the model while the shop sells.

    models.py      what was asked for and is not exported yet; comparisons
    presets.py     the models by name, in words for who chooses
    preparing.py   asked for on the page -> exported by a worker -> being built
    readiness.py   what a model lacks before it may answer; who teaches it what
    sizes.py       what a model takes on disk
    dropping.py    old vectors, deleted in slices
    warming.py     web processes load the next model before it answers
    comparing.py   two models asked the same -> figures; samples.py which questions
    table.py       those figures for a terminal
    tasks.py       all that in the background
    admin.py       the page

`search.model_versions` has the verbs: build, pause, resume, activate, roll back, drop.
"""
