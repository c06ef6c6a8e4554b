"""Suggestions in a merchant's words: what is suggested, from what it is known, who decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from search.attributes.models import AttributeSuggestion
from search.enrichment.decisions import Suggestion, kind_of
from search.enrichment.models import Kind, ProductSuggestion, State
from shop.catalog.models import Category, ProductImage
from shop.formats import number, percent

JOINED = " › "
# Nothing that is guessed is quite sure.
MOST_SURE = 0.99
TYPED = " > "  # as it can be typed


def ways(categories: Iterable[tuple[str, int, str]], joined: str = JOINED) -> dict[int, str]:
    """The way to each category (path, key, name) from the top, by key."""
    rows = list(categories)
    names = {path: name for path, _, name in rows}
    step = Category.steplen
    return {
        key: joined.join(
            names[path[:end]] for end in range(step, len(path) + 1, step) if path[:end] in names
        )
        for path, key, _ in rows
    }


@dataclass(frozen=True)
class Told:
    """A suggestion as a page shows it. `choices`: the id of the list of what may be chosen instead,
    "" where it is written; `picture`: that it is about, if it is about one."""

    kind: str
    key: int
    label: str
    value: str
    sure: str
    why: str
    made: str
    choices: str
    picture: ProductImage | None
    state: str
    chosen: str
    decided: str
    can_undo: int | None

    @property
    def is_text(self) -> bool:
        return self.kind == Kind.ALT


def tell(suggestion: Suggestion, way: Mapping[int, str]) -> Told:
    """`way`: to each category, of `ways`."""
    kind = kind_of(suggestion)
    return Told(
        kind=kind,
        key=suggestion.pk,
        label=label_of(suggestion),
        value=_value(suggestion, way),
        sure=gettext("%(share)s sure") % {"share": percent(min(suggestion.calibrated, MOST_SURE))},
        why=_why(suggestion),
        made=_made(suggestion),
        choices=_choices(suggestion),
        picture=suggestion.image if isinstance(suggestion, ProductSuggestion) else None,
        state=State(suggestion.state).label,  # type: ignore[arg-type]
        chosen=_chosen(suggestion, way),
        decided=_decided(suggestion),
        can_undo=_undone_by(suggestion),
    )


def _undone_by(suggestion: Suggestion) -> int | None:
    """The action that may be undone for this suggestion alone."""
    if suggestion.action_id is None or suggestion.decided_at is None:
        return None
    action = suggestion.action
    return action.pk if action is not None and action.above is None else None


def label_of(suggestion: Suggestion) -> str:
    """What it is about: "Category", or the name of the attribute."""
    if isinstance(suggestion, AttributeSuggestion):
        return suggestion.value.attribute.name
    if suggestion.kind == Kind.COLOUR and suggestion.value:
        return suggestion.value.attribute.name
    return str(Kind(suggestion.kind).label)


def _value(suggestion: Suggestion, way: Mapping[int, str]) -> str:
    if isinstance(suggestion, AttributeSuggestion):
        return suggestion.value.value
    if suggestion.category_id:
        return way.get(suggestion.category_id, "")
    return suggestion.value.value if suggestion.value else suggestion.text


def _choices(suggestion: Suggestion) -> str:
    if suggestion.value:
        return f"values-{suggestion.value.attribute_id}"
    return "" if kind_of(suggestion) == Kind.ALT else "categories"


def _why(suggestion: Suggestion) -> str:
    sources = ProductSuggestion.Source
    if isinstance(suggestion, AttributeSuggestion):
        if suggestion.source == AttributeSuggestion.Source.PROTOTYPES:
            return gettext("Its pictures look like those of your products that have it.")
        return gettext("Its pictures look like what these words mean.")
    told = {"number": number(suggestion.evidence)}
    if suggestion.rough:
        return gettext("It looks like something in there; which kind of it is not clear enough.")
    if suggestion.source == sources.TITLE:
        return (
            ngettext(
                "Its title and pictures are like those of %(number)s product there.",
                "Its title and pictures are like those of %(number)s products there.",
                suggestion.evidence,
            )
            % told
        )
    if suggestion.source == sources.LIKE:
        return (
            ngettext(
                "Its pictures are like those of %(number)s product there.",
                "Its pictures are like those of %(number)s products there.",
                suggestion.evidence,
            )
            % told
        )
    if suggestion.source == sources.NAMES:
        return gettext("It looks like what the category is called. None of your products is there.")
    if suggestion.source == sources.PIXELS:
        return (
            ngettext(
                "Seen in its picture; %(number)s of your pictures is sold under this name.",
                "Seen in its picture; %(number)s of your pictures are sold under this name.",
                suggestion.evidence,
            )
            % told
        )
    return gettext("Written from what is known of the product.")


def _made(suggestion: Suggestion) -> str:
    # Without the full stop that ends some times ("11:17 p.m."): the sentence's is enough.
    date = date_format(localtime(suggestion.suggested_at), "SHORT_DATETIME_FORMAT")
    sources = ProductSuggestion.Source
    if suggestion.source in (sources.PIXELS, sources.KNOWN):  # by no model
        return gettext("Found on %(date)s") % {"date": date.removesuffix(".")}
    told = gettext("Found on %(date)s by %(model)s, version %(version)d")
    return told % {
        "date": date,
        "model": suggestion.model_name,
        "version": suggestion.version,
    }


def _chosen(suggestion: Suggestion, way: Mapping[int, str]) -> str:
    if suggestion.state != State.CORRECTED:
        return ""
    if suggestion.chosen_value is not None:
        return suggestion.chosen_value.value
    if isinstance(suggestion, ProductSuggestion):
        if suggestion.chosen_category_id:
            return way.get(suggestion.chosen_category_id, "")
        return suggestion.chosen_text
    return ""


def _decided(suggestion: Suggestion) -> str:
    if suggestion.decided_at is None:
        return ""
    when = date_format(localtime(suggestion.decided_at), "SHORT_DATETIME_FORMAT")
    who = suggestion.decided_by
    return f"{when}, {who.get_username()}" if who else when
