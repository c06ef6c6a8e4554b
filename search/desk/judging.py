"""Which product is how right for which search, as the shop's people say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext

from search.desk.live import normalised
from search.desk.models import JudgedSearch, Judgement
from search.models import Synonyms
from search.query import QueryKind
from shop.catalog.images import TakenImage
from shop.catalog.models import Product
from shop.locks import hold_to_commit

# A photo that nobody judged anything for is kept for so long.
UNJUDGED_HOURS = 24


def search_of(words: str, like: Product | None = None, photo_hash: str = "") -> JudgedSearch | None:
    """The search, if it is known."""
    return JudgedSearch.objects.filter(
        words=normalised(words), like=like, photo_hash=photo_hash
    ).first()


def known_search(*, words: str, like: Product | None = None) -> JudgedSearch:
    """The search, made if need be."""
    found, _ = JudgedSearch.objects.get_or_create(words=normalised(words), like=like, photo_hash="")
    return found


def keep_photo(*, photo: TakenImage, words: str = "") -> JudgedSearch:
    """The search with this photo; and those photos forgotten that nobody judged anything for."""
    old = timezone.now() - timedelta(hours=UNJUDGED_HOURS)
    JudgedSearch.objects.filter(~Q(photo_hash=""), judgements=None, created_at__lt=old).delete()
    found, _ = JudgedSearch.objects.get_or_create(
        words=normalised(words),
        like=None,
        photo_hash=photo.content_hash,
        defaults={"photo": photo.data},
    )
    return found


@transaction.atomic
def judge(*, search: JudgedSearch, product: Product, grade: int | None, by: Any) -> None:
    """Say how right `product` is for `search`; with None take the judgement back."""
    found = Judgement.objects.filter(query=search, product=product)
    if grade is None:
        if not found.delete()[0]:
            return
        told = gettext("“%(title)s”: judgement taken back") % {"title": product.title}
    else:
        Judgement.objects.update_or_create(
            query=search, product=product, defaults={"grade": grade, "judged_by": by}
        )
        label = Judgement.Grade(grade).label
        told = gettext("“%(title)s”: %(grade)s") % {"title": product.title, "grade": label}
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[search],
        action_flag=CHANGE,
        change_message=told,
        single_object=True,
    )


def grades(search: JudgedSearch | None) -> dict[int, int]:
    """By the key of the product."""
    if search is None:
        return {}
    return dict(search.judgements.values_list("product", "grade"))


def of_kind(kind: QueryKind) -> Any:
    """The searches of a kind by which a setting can be measured: those with a product that is
    right. In the order of their keys; with how many products are `judged`."""
    rows = JudgedSearch.objects.annotate(
        judged=Count("judgements"), best=Max("judgements__grade")
    ).filter(best__gte=Judgement.Grade.RIGHT)
    pictured = Q(like__isnull=False) | ~Q(photo_hash="")
    by_kind = {
        QueryKind.WORDS: ~pictured,
        QueryKind.PHOTO: Q(words="") & ~Q(photo_hash=""),
        QueryKind.LIKE: Q(words="", like__isnull=False),
        QueryKind.BOTH: ~Q(words="") & pictured,
    }
    return rows.filter(by_kind[kind]).select_related("like").order_by("pk")


def with_words(*, search: JudgedSearch, words: str) -> JudgedSearch:
    """The search with the same photo and these words, made if need be."""
    if search.words == normalised(words):
        return search
    found, _ = JudgedSearch.objects.get_or_create(
        words=normalised(words),
        like=None,
        photo_hash=search.photo_hash,
        defaults={"photo": search.photo},
    )
    return found


@transaction.atomic
def add_synonyms(*, row: Synonyms, by: Any) -> None:
    """Let words mean the same, once however often it is pressed. `row` is checked already."""
    hold_to_commit("add-synonyms")
    if Synonyms.objects.filter(words=row.words).exists():
        return
    row.save()
    LogEntry.objects.log_actions(
        user_id=by.pk,
        queryset=[row],
        action_flag=ADDITION,
        change_message=gettext("At the relevance desk"),
        single_object=True,
    )
