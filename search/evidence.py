"""Whether what was found is what was meant: something close, or nothing; and where the tail ends.

Vectors always find something. Three things speak for a search's best products:

    held       what the best of them holds of the words
    meaning    how much the text means to the model (`search.background`): nonsense lies by itself
    supported  the word that is least known: to texts, or to the model. "Orange juice" in a shop of
               orange jumpers has no juice.

They are weighed by a logistic regression, `manage.py evaluate cutoff` says how well. Within the
search, products with less than `TAIL` of the best one's total are not shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# Of a logistic regression on the demo shop's queries: real ones against nonsense and things that
# the shop does not have.
HELD, MEANING, SUPPORTED, BIAS = 2.6, 2.5, 3.5, -3.7
# Below, there is nothing close.
CLOSE = 0.1
TAIL = 0.4


@dataclass(frozen=True)
class Evidence:
    """Each in [0, 1]; a photo has none of it, and is believed."""

    held: float = 1.0
    meaning: float = 1.0
    supported: float = 1.0

    @property
    def confidence(self) -> float:
        """The probability that the search found what was meant, in (0, 1)."""
        sum_ = BIAS + HELD * self.held + MEANING * self.meaning + SUPPORTED * self.supported
        return 1 / (1 + math.exp(-sum_))

    @property
    def close(self) -> bool:
        return self.confidence >= CLOSE
