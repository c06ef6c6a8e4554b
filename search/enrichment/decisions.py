"""Decisions: one suggestion is accepted, changed to something else, or rejected; all above a
confidence are accepted; and what was decided last is undone.

Rows are locked in the order of products and decided once: of two people who decide at the same
time, the second is told that it was done. Each decision keeps what it replaced; undoing puts that
back, unless it was changed since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from search.attributes.models import AttributeSuggestion
from search.enrichment.alt_text import LENGTH
from search.enrichment.catalogue import uncategorised
from search.enrichment.models import Kind, ProductSuggestion, State, SuggestionAction
from shop.catalog.models import AttributeValue, Category, Product, ProductImage, Variant
from shop.catalog.signals import announce

# Suggestions that are decided in one transaction.
AT_ONCE = 500

Decision = SuggestionAction.Decision
Suggestion = ProductSuggestion | AttributeSuggestion
ATTRIBUTE = "attribute"


class Gone(Exception):
    """The suggestion was decided or withdrawn meanwhile."""


@dataclass(frozen=True)
class Keys:
    """Suggestions by their keys: those of attributes have a table of their own."""

    attributes: Sequence[int] = ()
    completions: Sequence[int] = ()

    @classmethod
    def one(cls, kind: str, key: int) -> Keys:
        return cls(attributes=[key]) if kind == ATTRIBUTE else cls(completions=[key])

    def __len__(self) -> int:
        return len(self.attributes) + len(self.completions)


@dataclass(frozen=True)
class Outcome:
    """How many suggestions were decided, and of how many the product has something else by now."""

    done: int = 0
    late: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.done + other.done, self.late + other.late)


# --- One, or some -------------------------------------------------------------------------------


def accept(*, keys: Keys, by: AbstractBaseUser | None) -> tuple[SuggestionAction, Outcome]:
    """Give products what was suggested; what may be undone, and what came of it."""
    return _decide(keys, Decision.ACCEPT, by)


def reject(*, keys: Keys, by: AbstractBaseUser | None) -> tuple[SuggestionAction, Outcome]:
    """Turn suggestions down for good."""
    return _decide(keys, Decision.REJECT, by)


def correct(
    *, kind: str, key: int, to: Category | AttributeValue | str, by: AbstractBaseUser | None
) -> tuple[SuggestionAction, Outcome]:
    """Give a product something else than was suggested: a category, a value, or a text.

    What was suggested, just so, is accepted. Raises `ValidationError` for what cannot be chosen.
    """
    suggestion = _rows(Keys.one(kind, key)).first()
    if suggestion is not None:
        _check(suggestion, to)
        if to == _target(suggestion):
            return accept(keys=Keys.one(kind, key), by=by)
    return _decide(Keys.one(kind, key), Decision.CORRECT, by, to)


def _check(suggestion: Suggestion, to: Category | AttributeValue | str) -> None:
    kind = kind_of(suggestion)
    if isinstance(to, str):
        if kind != Kind.ALT:
            raise ValidationError(gettext("Choose one of the list."))
        if not to.strip():
            raise ValidationError(gettext("Write what the picture shows, or reject it."))
        if len(to) > LENGTH:
            told = gettext("At most %(most)d characters, and this has %(count)d.")
            raise ValidationError(told % {"most": LENGTH, "count": len(to)})
        return
    expected: type = Category if kind in (Kind.CATEGORY, Kind.MOVE) else AttributeValue
    fits = isinstance(to, expected)
    if fits and isinstance(to, AttributeValue):
        assert suggestion.value is not None  # noqa: S101  (a constraint of the table)
        fits = to.attribute_id == suggestion.value.attribute_id
    if not fits:
        raise ValidationError(gettext("Choose one of the list."))


@transaction.atomic
def _decide(
    keys: Keys,
    decision: Decision,
    by: AbstractBaseUser | None,
    to: Category | AttributeValue | str | None = None,
) -> tuple[SuggestionAction, Outcome]:
    action = SuggestionAction.objects.create(
        decision=decision,
        made_at=timezone.now(),
        made_by=by,
        total=len(keys),  # type: ignore[misc]
    )
    outcome = _apply(keys, action, to)
    action.done, action.finished_at = outcome.done, timezone.now()
    action.save(update_fields=["done", "finished_at"])
    return action, outcome


def _apply(
    keys: Keys, action: SuggestionAction, to: Category | AttributeValue | str | None = None
) -> Outcome:
    """Decide some suggestions as a part of `action`, in the transaction of the caller."""
    state = {
        Decision.ACCEPT: State.ACCEPTED,
        Decision.CORRECT: State.CORRECTED,
        Decision.REJECT: State.REJECTED,
    }[Decision(action.decision)]
    total = Outcome()
    _lock_products(keys)
    for rows in (_locked(AttributeSuggestion, keys), _locked(ProductSuggestion, keys)):
        late: list[Suggestion] = []
        if state == State.REJECTED:
            done = list(rows)
        else:
            done, late = _write(rows, to)
        _mark(done, state, action, to)
        _mark(late, State.SUPERSEDED, None)
        if state != State.REJECTED:
            announce(row.product_id for row in done)
        total += Outcome(len(done), len(late))
    return total


def _lock_products(keys: Keys) -> None:
    """Products before their suggestions: whoever saves a product, and decides on its page, locks it
    first, too."""
    owners = {
        product
        for table, chosen in (
            (AttributeSuggestion, keys.attributes),
            (ProductSuggestion, keys.completions),
        )
        if chosen
        for product in table._default_manager.filter(pk__in=chosen).values_list(
            "product_id", flat=True
        )
    }
    rows = Product.objects.filter(pk__in=owners).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _locked(table: type[Suggestion], keys: Keys) -> list[Suggestion]:
    chosen = keys.attributes if table is AttributeSuggestion else keys.completions
    if not chosen:
        return []
    rows = table._default_manager.filter(pk__in=chosen, state=State.SUGGESTED)
    locked = rows.order_by("product_id", "pk").select_for_update(of=("self",))
    return list(locked.select_related("value"))


def _mark(
    rows: Sequence[Suggestion],
    state: State,
    action: SuggestionAction | None,
    to: Category | AttributeValue | str | None = None,
) -> None:
    if not rows:
        return
    values: dict[str, Any] = {"state": state, "decided_at": timezone.now()}
    if action is not None:
        values |= {"action": action, "decided_by": action.made_by}
    if state == State.CORRECTED:
        names = {Category: "chosen_category", AttributeValue: "chosen_value", str: "chosen_text"}
        values[names[type(to)]] = to
    for row in rows:
        for name, value in values.items():
            setattr(row, name, value)
    table: Any = type(rows[0])  # all are of one
    table._default_manager.bulk_update(rows, [*values, "former"])


# --- What a decision writes ---------------------------------------------------------------------


class Writer(Protocol):
    """Writes what is decided on suggestions of a kind, and takes it back; each gives the rows of
    which that could be done. `former` of a row is what it needs for taking back."""

    def write(
        self, rows: Sequence[Any], to: Category | AttributeValue | str | None
    ) -> list[Any]: ...

    def take_back(self, rows: Sequence[Any]) -> list[Any]: ...


def _write(
    rows: Sequence[Suggestion], to: Category | AttributeValue | str | None
) -> tuple[list[Suggestion], list[Suggestion]]:
    """What was written, and what came too late."""
    done: list[Suggestion] = []
    for kind, some in _by_kind(rows).items():
        done += WRITERS[kind].write(some, to)
    written = {id(row) for row in done}
    return done, [row for row in rows if id(row) not in written]


def _by_kind(rows: Iterable[Suggestion]) -> Mapping[str, list[Suggestion]]:
    kinds: dict[str, list[Suggestion]] = defaultdict(list)
    for row in rows:
        kinds[kind_of(row)].append(row)
    return kinds


class _Categories:
    """A product's category: written if it still has none, where one was suggested for that."""

    def write(self, rows: Sequence[Any], to: Any) -> list[Any]:
        held, without = _categories_of(rows), uncategorised()
        done, moves = [], defaultdict(list)
        for row in rows:
            former = held.get(row.product_id)
            if former is None or (row.kind == Kind.CATEGORY and former not in without):
                continue
            row.former = {"category": former}
            moves[to.pk if to else row.category_id].append(row.product_id)
            done.append(row)
        _move(moves)
        return done

    def take_back(self, rows: Sequence[Any]) -> list[Any]:
        held = _categories_of(rows)
        formers = {row.former["category"] for row in rows}
        there = set(Category.objects.filter(pk__in=formers).values_list("pk", flat=True))
        done, moves = [], defaultdict(list)
        for row in rows:
            former = row.former["category"]
            given = row.chosen_category_id or row.category_id
            if former in there and held.get(row.product_id) == given:
                moves[former].append(row.product_id)
                done.append(row)
        _move(moves)
        return done


def _categories_of(rows: Sequence[Any]) -> dict[int, int]:
    """The categories that the products have, which nobody else changes until we are done."""
    products = Product.objects.filter(pk__in=[row.product_id for row in rows]).order_by("pk")
    locked = products.select_for_update(no_key=True)
    return dict(locked.values_list("pk", "category_id"))


def _move(products: Mapping[int, Sequence[int]]) -> None:
    """Products (keys) by the category (key) that they go to."""
    for category, keys in products.items():
        Product.objects.filter(pk__in=keys).update(category=category, updated_at=timezone.now())


class _Alts:
    """A picture's alternative text: written only where none is."""

    def write(self, rows: Sequence[Any], to: Any) -> list[Any]:
        pictures = _pictures_of(rows)
        done, changed = [], []
        for row in rows:
            picture = pictures.get(row.image_id)
            if picture is not None and not picture.alt.strip():
                picture.alt = to or row.text
                row.former = {}
                changed.append(picture)
                done.append(row)
        ProductImage.objects.bulk_update(changed, ["alt"])
        return done

    def take_back(self, rows: Sequence[Any]) -> list[Any]:
        pictures = _pictures_of(rows)
        done, changed = [], []
        for row in rows:
            picture = pictures.get(row.image_id)
            if picture is not None and picture.alt == (row.chosen_text or row.text):
                picture.alt = ""
                changed.append(picture)
                done.append(row)
        ProductImage.objects.bulk_update(changed, ["alt"])
        return done


def _pictures_of(rows: Sequence[Any]) -> dict[int, ProductImage]:
    """Pictures by key, which nobody else changes until we are done."""
    pictures = ProductImage.objects.filter(pk__in=[row.image_id for row in rows]).order_by("pk")
    return {one.pk: one for one in pictures.select_for_update(no_key=True)}


class _Values:
    """A value of an attribute that the product lacks, on the product or, with a picture, on the
    variants that it shows."""

    def write(self, rows: Sequence[Any], to: Any) -> list[Any]:
        values = {row.pk: (to or row.value) for row in rows}
        attributes = {value.attribute_id for value in values.values()}
        products = [row.product_id for row in rows]
        own = _having(Product.attributes.through, "product_id", Q(product__in=products), attributes)
        variants = Variant.objects.filter(product__in=products).values_list(
            "pk", "product_id", "image_id"
        )
        of_variants = _having(
            Variant.options.through, "variant_id", Q(variant__product__in=products), attributes
        )
        by_product: dict[int, set[int]] = defaultdict(set)
        for variant, product, _ in variants:
            by_product[product] |= of_variants[variant]
        done, links, options = [], [], []
        for row in rows:
            value = values[row.pk]
            image = getattr(row, "image_id", None)
            if value.attribute_id in own[row.product_id]:
                continue
            if image is None:
                if value.attribute_id in by_product[row.product_id]:
                    continue
                links.append((row.product_id, value.pk))
                own[row.product_id].add(value.attribute_id)
                row.former = {}
            else:
                lacking = [
                    pk
                    for pk, product, shown in variants
                    if product == row.product_id
                    and shown == image
                    and value.attribute_id not in of_variants[pk]
                ]
                if not lacking:
                    continue
                options += [(pk, value.pk) for pk in lacking]
                row.former = {"variants": lacking}
            done.append(row)
        held, offered = Product.attributes.through, Variant.options.through
        held.objects.bulk_create(
            [held(product_id=product, attributevalue_id=value) for product, value in links],
            ignore_conflicts=True,
        )
        offered.objects.bulk_create(
            [offered(variant_id=variant, attributevalue_id=value) for variant, value in options],
            ignore_conflicts=True,
        )
        return done

    def take_back(self, rows: Sequence[Any]) -> list[Any]:
        done = []
        for row in rows:
            value = row.chosen_value_id or row.value_id
            variants = (row.former or {}).get("variants")
            links: Any
            if variants is None:
                links = Product.attributes.through.objects.filter(product=row.product_id)
            else:
                links = Variant.options.through.objects.filter(variant__in=variants)
            if links.filter(attributevalue=value).delete()[0]:
                done.append(row)
        return done


def _having(
    through: Any, owner: str, rows: Q, attributes: Iterable[int]
) -> defaultdict[int, set[int]]:
    """The attributes (keys) of each owner (key), of these attributes."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    links = through.objects.filter(rows, attributevalue__attribute__in=list(attributes))
    for key, attribute in links.values_list(owner, "attributevalue__attribute"):
        found[key].add(attribute)
    return found


WRITERS: dict[str, Writer] = {
    ATTRIBUTE: _Values(),
    str(Kind.COLOUR): _Values(),
    str(Kind.CATEGORY): _Categories(),
    str(Kind.MOVE): _Categories(),
    str(Kind.ALT): _Alts(),
}


# --- All above a confidence ---------------------------------------------------------------------


def start_accepting(
    *, above: float, chosen: dict[str, Any], total: int, by: AbstractBaseUser | None
) -> SuggestionAction:
    """Begin to accept all that are `chosen` and at or above a confidence: `go_on` does it."""
    return SuggestionAction.objects.create(
        decision=Decision.ACCEPT,
        above=above,
        chosen=chosen,
        total=total,
        made_at=timezone.now(),
        made_by=by,  # type: ignore[misc]
    )


def go_on(action: SuggestionAction, find: Callable[[SuggestionAction, int], Keys]) -> bool:
    """A part of an action that was begun, in one transaction; whether there is more.

    `find`: the next that are meant, at most so many. Whoever is killed in between loses nothing:
    what is decided is not found again.
    """
    with transaction.atomic():
        action = SuggestionAction.objects.select_for_update().get(pk=action.pk)
        if action.finished_at is not None or action.undo_asked_at is not None:
            return False
        keys = find(action, AT_ONCE)
        outcome = _apply(keys, action) if len(keys) else Outcome()
        action.done += outcome.done
        if not len(keys):
            action.finished_at = timezone.now()
        action.save(update_fields=["done", "finished_at"])
        return bool(len(keys))


# --- Undoing ------------------------------------------------------------------------------------


def ask_undo(*, action: SuggestionAction, by: AbstractBaseUser | None) -> bool:
    """Begin to undo an action: `go_on_undoing` does it. False if somebody has begun before."""
    asked = SuggestionAction.objects.filter(pk=action.pk, undo_asked_at=None)
    return bool(asked.update(undo_asked_at=timezone.now(), undone_by=by))


def go_on_undoing(action: SuggestionAction) -> bool:
    """Take back a part of what an action did, in one transaction; whether there is more.

    What was changed since stays, and so does the decision on it; the rest is open again.
    """
    with transaction.atomic():
        action = SuggestionAction.objects.select_for_update().get(pk=action.pk)
        if action.undo_asked_at is None or action.undone_at is not None:
            return False
        keys = _next_undone(action)
        _lock_products(keys)
        rows = _of_action(AttributeSuggestion, keys.attributes, action)
        rows += _of_action(ProductSuggestion, keys.completions, action)
        if not rows:
            action.undone_at = timezone.now()
            action.finished_at = action.finished_at or action.undone_at
            action.save(update_fields=["undone_at", "finished_at"])
            return False
        back = _take_back(rows, action)
        action.undone += len(back)
        action.kept += len(rows) - len(back)
        action.save(update_fields=["undone", "kept"])
        return True


def _next_undone(action: SuggestionAction) -> Keys:
    """The next that an action decided and that were not looked at."""
    found: list[list[int]] = []
    for table in (AttributeSuggestion, ProductSuggestion):
        mine = table._default_manager.filter(action=action).order_by("pk")
        left = AT_ONCE - sum(map(len, found))
        found.append(list(mine.values_list("pk", flat=True)[:left]))
    return Keys(*found)


def _of_action(
    table: type[Suggestion], keys: Sequence[int], action: SuggestionAction
) -> list[Suggestion]:
    rows = table._default_manager.filter(pk__in=keys, action=action).order_by("product_id", "pk")
    return list(rows.select_for_update(of=("self",)).select_related("value"))


def _take_back(rows: Sequence[Suggestion], action: SuggestionAction) -> list[Suggestion]:
    back: list[Suggestion] = []
    if action.decision == Decision.REJECT:
        back = list(rows)
    else:
        for kind, some in _by_kind(rows).items():
            back += WRITERS[kind].take_back(some)
    opened = _without_rivals(back)
    given_back = {id(row) for row in back}
    table: Any
    for table in (AttributeSuggestion, ProductSuggestion):
        mine = [row for row in rows if isinstance(row, table)]
        for row in mine:
            row.action = None
            if id(row) in given_back:
                row.state = State.SUGGESTED if id(row) in opened else State.SUPERSEDED
                row.decided_at = row.decided_by = row.former = row.chosen_value = None
                if isinstance(row, ProductSuggestion):
                    row.chosen_category, row.chosen_text = None, ""
        names = ["action", "state", "decided_at", "decided_by", "former", "chosen_value"]
        if table is ProductSuggestion:
            names += ["chosen_category", "chosen_text"]
        table._default_manager.bulk_update(mine, names)
    announce(row.product_id for row in back)
    return back


def _without_rivals(rows: Sequence[Suggestion]) -> set[int]:
    """Those (by id()) of which nothing else of the kind is suggested for the product by now."""
    products = [row.product_id for row in rows]
    taken = Counter(
        AttributeSuggestion.objects.filter(product__in=products, state=State.SUGGESTED).values_list(
            "product_id", "attribute_id"
        )
    )
    kinds = Counter(
        ProductSuggestion.objects.filter(product__in=products, state=State.SUGGESTED).values_list(
            "product_id", "kind", "image_id"
        )
    )
    free = set()
    for row in rows:
        if isinstance(row, AttributeSuggestion):
            place: tuple[Any, ...] = (row.product_id, row.attribute_id)
            counts: Counter[Any] = taken
        else:
            place, counts = (row.product_id, row.kind, row.image_id), kinds
        if not counts[place]:
            free.add(id(row))
            counts[place] += 1
    return free


# --- Shared -------------------------------------------------------------------------------------


def kind_of(suggestion: Suggestion) -> str:
    """Of `Kind`, or that of an attribute."""
    return ATTRIBUTE if isinstance(suggestion, AttributeSuggestion) else suggestion.kind


def _rows(keys: Keys) -> Any:
    if keys.attributes:
        return AttributeSuggestion.objects.filter(pk__in=keys.attributes).select_related("value")
    rows = ProductSuggestion.objects.filter(pk__in=keys.completions)
    return rows.select_related("value", "category")


def _target(suggestion: Suggestion) -> Category | AttributeValue | str | None:
    """What was suggested."""
    if isinstance(suggestion, AttributeSuggestion):
        return suggestion.value
    return suggestion.category or suggestion.value or suggestion.text
