"""What happens to orders, told to whoever listens.

All are sent with `send` (a receiver that fails undoes the change) inside the transaction that makes
the change, the order's row locked; receivers that reach outside act on commit.

`state_changed`: an order came into a state; once for each change.
    sender  Order
    order   Order, as it is now
    before  State, or None for an order that was just placed
    after   State
    actor   User who did it, or None
    note    str, why

`money_returned`: some of what was paid is given back.
    sender  Order
    order   Order, as it is now
    event   OrderEvent, with `amount` and `note`
"""

from django.dispatch import Signal

state_changed = Signal()
money_returned = Signal()
