"""The shop: catalogue, pages, admin and the frame of the API.

It knows nothing of search. `search` imports `shop`, never the reverse.
"""
