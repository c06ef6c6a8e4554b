"""What shoppers do, told to whoever listens.

The sender names the class of what it is about; all arguments go by name. Senders use `send_robust`:
a receiver that fails is logged, and no shopper notices.

`product_viewed`: a shopper is shown the page of a product.
    sender   Product
    request  HttpRequest
    product  Product

`cart_added`: a shopper put something into the cart. Sent in the request that does it, once the
cart holds it; not when a quantity is merely changed.
    sender      Variant
    request     HttpRequest
    product_id  int
    variant_id  int
    quantity    int, how many were added

`order_placed`: an order was placed. Sent once for each order, within the transaction that places
it, so receivers act on commit.
    sender       the class of the order
    request      HttpRequest of whoever orders; None where an order is placed without one
    product_ids  list[int], the products of its lines, each once
"""

from django.dispatch import Signal

product_viewed = Signal()
cart_added = Signal()
order_placed = Signal()
