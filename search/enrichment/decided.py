"""What decisions teach: how scores came out, and calibrations fitted to that and to the shop's own
products. Nothing else is learnt anew for it.

A decision counts if somebody looked at it. What was accepted with all above a confidence does not:
it would confirm itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.attributes.models import AttributeSuggestion
from search.enrichment import calibration, stored
from search.enrichment.calibration import Calibration, Outcomes
from search.enrichment.decisions import ATTRIBUTE
from search.enrichment.enricher import ROUGH, category_groups
from search.enrichment.models import Kind, ProductSuggestion, State, SuggestionCalibration
from search.enrichment.stored import Loaded
from search.models import EmbeddingModel
from shop.catalog.models import Category

KINDS = (*map(str, Kind), ATTRIBUTE)
# The latest count.
MOST = 5_000
# So many new decisions, and this share of those before, are worth a new fit.
NEW, GROWN = 5, 0.1
# Open suggestions that get their new confidence in one transaction.
AT_ONCE = 2_000

_DECIDED = [State.ACCEPTED, State.CORRECTED, State.REJECTED]


def _rows(kind: str) -> QuerySet[ProductSuggestion] | QuerySet[AttributeSuggestion]:
    if kind == ATTRIBUTE:
        return AttributeSuggestion.objects.all()
    return ProductSuggestion.objects.filter(kind=kind)


def _told(kind: str, model: EmbeddingModel) -> QuerySet[ProductSuggestion, ProductSuggestion]:
    """The decisions that count, of what this model read."""
    rows = _rows(kind).filter(
        Q(action=None) | Q(action__above=None), model=model, decided_at__isnull=False
    )
    told = Q(state__in=_DECIDED)
    if kind == Kind.CATEGORY:
        told |= Q(state=State.SUPERSEDED, chosen_category__isnull=False)
    return rows.filter(told)  # type: ignore[return-value]


def outcomes_of(kind: str, model: EmbeddingModel) -> Outcomes:
    """How the latest decisions on a kind came out, under a model."""
    keys = dict(Category.objects.values_list("path", "pk"))
    paths = {key: path for path, key in keys.items()}
    names = ["confidence", "state", "value_id", "product__category_id"]
    is_category = kind in (Kind.CATEGORY, Kind.MOVE)
    names += ["category_id", "chosen_category_id", "rough"] if is_category else []
    names += ["attribute_id"] if kind == ATTRIBUTE else []
    scores, right, groups = [], [], []
    for row in _told(kind, model).order_by("-decided_at").values(*names)[:MOST]:
        scores.append(row["confidence"])
        meant, chosen = row.get("category_id"), row.get("chosen_category_id")
        # Who puts a product below what was suggested, agrees.
        inside = chosen is not None and paths.get(chosen, "").startswith(paths.get(meant, "-"))
        right.append(row["state"] == State.ACCEPTED or inside)
        place = meant if is_category else row["product__category_id"]
        groups.append(_groups(paths.get(place, ""), keys, row))
    return Outcomes(
        np.array(scores, np.float64), np.array(right, np.bool_), np.ones(len(scores)), groups
    )


def _groups(path: str, keys: Mapping[str, int], row: Mapping[str, object]) -> list[str]:
    names = category_groups(path, keys)
    names += [ROUGH] if row.get("rough") else []
    names += [f"attribute:{row['attribute_id']}"] if row.get("attribute_id") else []
    names += [f"value:{row['value_id']}"] if row.get("value_id") else []
    return names


def fit_due(model: EmbeddingModel, *, anew: bool = False) -> list[str]:
    """Fit the calibrations that there are enough new decisions for, or all `anew`; which."""
    loaded = stored.load(model)
    if loaded is None:
        return []
    known = {one.kind: one for one in SuggestionCalibration.objects.filter(model=model)}
    fitted = []
    for kind in KINDS:
        count = min(MOST, _told(kind, model).count())
        before = known[kind].decisions if kind in known else None
        news = count - (before or 0)
        if anew or before is None or abs(news) >= max(NEW, GROWN * before):
            _fit(kind, model, loaded)
            fitted.append(kind)
    if fitted:
        stored.forget()
    return fitted


def _fit(kind: str, model: EmbeddingModel, loaded: Loaded) -> None:
    examples = loaded.enricher.outcomes.get(kind) or calibration.no_outcomes()
    decisions = outcomes_of(kind, model)
    found = calibration.fit(examples + decisions)
    values = {
        "slope": found.slope,
        "offset": found.offset,
        "groups": {name: round(value, 4) for name, value in found.groups.items()},
        "decisions": len(decisions.scores),
        "examples": len(examples.scores),
        "fitted_at": timezone.now(),
        "applied_to": 0,
    }
    with transaction.atomic():
        one, made = SuggestionCalibration.objects.select_for_update().get_or_create(
            model=model, kind=kind, defaults=values
        )
        if not made:
            SuggestionCalibration.objects.filter(pk=one.pk).update(
                **values, version=F("version") + 1
            )


def apply_some(model: EmbeddingModel) -> bool:
    """Give some open suggestions the confidence of the newest calibration; whether there are more.

    Where it stands is written in the same transaction.
    """
    one = SuggestionCalibration.objects.filter(model=model, applied_to__isnull=False).first()
    if one is None:
        return False
    with transaction.atomic():
        rows = list(
            _rows(one.kind)
            .filter(state=State.SUGGESTED, pk__gt=one.applied_to)
            .order_by("pk")
            .values("pk", "confidence", "value_id", "product__category_id",
                    *(["attribute_id"] if one.kind == ATTRIBUTE else ["category_id", "rough"])
                    )[:AT_ONCE]
        )  # fmt: skip
        _write(one.kind, rows, Calibration(one.slope, one.offset, one.groups))
        last = rows[-1]["pk"] if len(rows) == AT_ONCE else None
        SuggestionCalibration.objects.filter(pk=one.pk, version=one.version).update(applied_to=last)
    return True


def _write(kind: str, rows: Sequence[Mapping[str, object]], known: Calibration) -> None:
    if not rows:
        return
    keys = dict(Category.objects.values_list("path", "pk"))
    paths = {key: path for path, key in keys.items()}
    of_category = kind in (Kind.CATEGORY, Kind.MOVE)
    groups = [
        _groups(
            paths.get(row["category_id" if of_category else "product__category_id"], ""),
            keys,
            row,
        )
        for row in rows
    ]
    found = known.confidence([float(row["confidence"]) for row in rows], groups)  # type: ignore[arg-type]
    table = AttributeSuggestion if kind == ATTRIBUTE else ProductSuggestion
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {table._meta.db_table} open SET calibrated = new.calibrated
              FROM unnest(%s::bigint[], %s::float8[]) new (id, calibrated)
             WHERE open.id = new.id AND open.state = 'suggested'
            """,  # noqa: S608  (a table of ours)
            [[row["pk"] for row in rows], found.tolist()],
        )


def calibrate_attributes(products: Sequence[int], loaded: Loaded) -> None:
    """Give the open suggestions of attributes of these products (keys) their confidence."""
    known = loaded.calibrations.get(ATTRIBUTE)
    if known is None:
        return
    rows = list(
        AttributeSuggestion.objects.filter(product__in=products, state=State.SUGGESTED).values(
            "pk", "confidence", "value_id", "attribute_id", "product__category_id"
        )
    )
    _write(ATTRIBUTE, rows, known)
