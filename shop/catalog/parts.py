"""Places where another app adds to the shop's pages, since the shop imports none of them.

An app appends the name of a template in its `AppConfig.ready()`; the page includes it with its own
context.
"""

header_parts: list[str] = []  # in the header of every page
home_parts: list[str] = []  # on the home page, above the newest products
product_parts: list[str] = []  # on a product's page, below its description
product_sections: list[str] = []  # below all that a product's page says of it
footer_parts: list[str] = []  # in the footer of every page: items of a list of links
