"""Adding to the words that mean the same, and taking back what was added."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from search.models import Synonyms

# Others are told that a phrase is among synonyms already.
MOST = 5_000


@transaction.atomic
def add(*, words: str, other: str) -> Synonyms:
    """Have `words` mean the same as `other`: beside it where it has synonyms, else as new ones.

    Raises `ValidationError` for what no search would find by.
    """
    words, other = _phrase(words), _phrase(other)
    rows = Synonyms.objects.select_for_update().filter(words__icontains=other).order_by("pk")
    row = next((row for row in rows if other in row.phrases()), None)
    if row is None or len(row.words) + len(words) + 2 > _longest():
        row = Synonyms(words=f"{other}, {words}")
    elif words not in row.phrases():
        row.words = f"{row.words}, {words}"
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def take_out(*, words: str, synonyms: int) -> Synonyms | None:
    """Take `words` out of some synonyms (their key), and delete those where nothing is left to mean
    the same; what they were before, or None where they are gone or never had the words."""
    row = Synonyms.objects.select_for_update().filter(pk=synonyms).first()
    words = _phrase(words)
    if row is None or words not in row.phrases():
        return None
    left = [said for said in row.words.split(",") if _phrase(said) != words]
    if len(left) < 2:
        Synonyms.objects.filter(pk=row.pk).delete()
        return row
    row.words = ", ".join(said.strip() for said in left)
    row.save()
    return row


def beside(phrases: Collection[str]) -> dict[str, Synonyms]:
    """Of each of `phrases` that is among synonyms, those."""
    wanted = {_phrase(one): one for one in phrases}
    found: dict[str, Synonyms] = {}
    for row in Synonyms.objects.order_by("-pk")[:MOST]:
        for phrase in row.phrases():
            if phrase in wanted:
                found.setdefault(wanted[phrase], row)
    return found


def _phrase(text: str) -> str:
    """As `Synonyms.phrases` gives it; a comma would part it."""
    return " ".join(text.replace(",", " ").split()).casefold()


def _longest() -> int:
    return Synonyms._meta.get_field("words").max_length or 0
