"""Colour by pixels: what colours a picture shows, and which words ask for them.

    subject.py      a picture -> what it shows against its ground; a box to propose as the crop
    extraction.py   -> shares of the named colours, and swatches, of that subject
    names.py        the named colours, as data; naming.py: Lab -> their names
    words.py        the words for them, in several languages, as data; where a text says one
    upkeep.py       pictures that are saved, by whatever path -> PictureColors, in the background
    reading.py      PictureColors -> how much of a colour products have; swatches; a facet
    photo.py        a shopper's photo -> crop and chips
    lab.py          sRGB to CIE Lab

Vision models are weak at colour: CLIP seldom says white, grey or black, and lets words override
what is seen (arXiv 2502.04470). Pixels are not.
"""
