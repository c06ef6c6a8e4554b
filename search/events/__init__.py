"""What shoppers searched, were shown, clicked, put in the cart and bought; nothing of who they are.

    views, search.api -> recording.py   a search was answered: a query id, which its links carry
    receivers.py, api.py                a result was opened, seen, put in the cart, bought
        refusal.py       not of robots, prefetching, or who asks not to be counted
        buffer.py        -> a list in Redis: what a request costs is one round trip
        tasks.py         every few seconds
        storing.py       -> models.py, in bulk; bought_together.py
        retention.py     what is old goes

    insights.py judgements.py    READ: the merchant's questions, the lab's judgements
    trail.py                     which search led this visitor to which product, for some hours
    recent_views.py for_you.py   what this visitor looked at, if asked to remember; picks from it

`docs/events.md` says what is kept, for how long, and how to turn it off.
"""
