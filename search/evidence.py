"""Whether what was found is what was meant: something close, or nothing; and where the tail ends.

Vectors always find something. What speaks for a search's best products:

    held       what the best of them holds of the words
    meaning    how much the text means to the model (`search.background`): nonsense lies by itself
    supported  the word that is least known: to texts, or to the model. "Orange juice" in a shop of
               orange jumpers has no juice.
    readable   how much the worst word that no text has is written as words are: it falls into few
               tokens. A "turtleneck" is a word, whether or not the model knows it; "jlasd" is none.
    known      the share of the words, by weight, that products hold

They are weighed by a logistic regression, `manage.py evaluate cutoff` says how well. Within the
search, products with less than `TAIL` of the best one's total are not shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# Of a logistic regression on the demo shop's queries: real ones against nonsense and things that
# the shop does not have.
HELD, MEANING, SUPPORTED, READABLE, KNOWN, BIAS = 1.3, 1.9, 1.8, 1.1, 1.2, -3.3
# Below, there is nothing close: where 98 of 100 real queries are answered.
CLOSE = 0.24
TAIL = 0.4


@dataclass(frozen=True)
class Evidence:
    """Each in [0, 1]; a photo has none of it, and is believed."""

    held: float = 1.0
    meaning: float = 1.0
    supported: float = 1.0
    readable: float = 1.0
    known: float = 1.0

    @property
    def confidence(self) -> float:
        """The probability that the search found what was meant, in (0, 1)."""
        weighed = (
            HELD * self.held,
            MEANING * self.meaning,
            SUPPORTED * self.supported,
            READABLE * self.readable,
            KNOWN * self.known,
        )
        return 1 / (1 + math.exp(-BIAS - sum(weighed)))

    @property
    def close(self) -> bool:
        return self.confidence >= CLOSE
