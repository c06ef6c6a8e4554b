"""`restocked`: there is some of what was sold out.

Sent within the transaction, with `variant_ids: list[int]`, by the services of stock. A change of
the stock past them sends nothing: whoever must miss none looks into the ledger.
"""

from django.dispatch import Signal

restocked = Signal()
