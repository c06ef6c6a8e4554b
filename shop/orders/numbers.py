"""Numbers of orders: short enough to be read out, and none can be guessed from another."""

import secrets

# Without what looks or sounds alike (0 O, 1 I L, 5 S, U V), and without vowels: no words.
LETTERS = "2346789BCDFGHJKMNPQRTWXYZ"


def new_number() -> str:
    """A random number such as "7K3F-9QXM-TH": 25 ** 10, one in 10 ** 14."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"
