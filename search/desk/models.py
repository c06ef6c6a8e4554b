"""What a merchant set at the relevance desk: how results are ordered, what is arranged by hand,
which results are right, and what measuring on those said."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.query import MAX_WORDS, QueryKind
from shop.catalog.models import Product

KIND_LABELS = {
    QueryKind.WORDS: _("Searches by words"),
    QueryKind.PHOTO: _("Searches by photo"),
    QueryKind.LIKE: _("More like a product"),
    QueryKind.BOTH: _("A picture with words beside it"),
}
KIND_CHOICES = [(str(kind), label) for kind, label in KIND_LABELS.items()]


class RankingSettingQuerySet(models.QuerySet["RankingSetting"]):
    def live(self) -> RankingSetting | None:
        """The one that searches follow; None while all is as Vitrine comes."""
        return self.order_by("-pk").first()

    def newest_first(self) -> RankingSettingQuerySet:
        return self.select_related("saved_by", "brings_back").order_by("-pk")


class RankingSetting(models.Model):
    """How much each way of finding counted from some time on. Rows are only added: the newest is
    live, and the others are the history. Going back adds a row, too."""

    weights = models.JSONField(
        default=dict, help_text="By kind of query and leg; what is left out is as Vitrine comes."
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    brings_back = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    objects = RankingSettingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("setting of the search")
        verbose_name_plural = _("settings of the search")

    def __str__(self) -> str:
        return self.note or gettext("Setting %(number)s") % {"number": self.pk}


class Curation(models.Model):
    """What is arranged by hand for a search by these words: products that come first, in their
    order, and products that come last."""

    words = models.CharField(
        _("words"),
        max_length=MAX_WORDS,
        unique=True,
        help_text=_("What shoppers write, in small letters."),
    )
    pinned = ArrayField(models.BigIntegerField(), default=list, help_text="Keys of products.")
    buried = ArrayField(models.BigIntegerField(), default=list, help_text="Keys of products.")
    active_from = models.DateTimeField(
        _("from"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    active_until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until you take it back.")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    # Counts changes, so that processes see that there was one (`search.desk.live`).
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["words"]
        verbose_name = _("arrangement by hand")
        verbose_name_plural = _("arranged by hand")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        if self.active_from and self.active_until and self.active_until <= self.active_from:
            raise ValidationError(
                {"active_until": gettext("The end is before the beginning. Write a later time.")}
            )


class JudgedSearch(models.Model):
    """A search whose results are judged: words, a product's picture, a photo, or words beside one
    of those."""

    words = models.CharField(max_length=MAX_WORDS, blank=True)
    like = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="+")
    # Small, as photos of searches are kept; nobody but staff sees it.
    photo = models.BinaryField(null=True)
    photo_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256, hexadecimal.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("judged search")
        verbose_name_plural = _("judged searches")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "like", "photo_hash"],
                nulls_distinct=False,
                name="judged_search_once",
            ),
            models.CheckConstraint(
                condition=~Q(words="") | Q(like__isnull=False) | ~Q(photo_hash=""),
                name="judged_search_asks",
            ),
        ]

    def __str__(self) -> str:
        if self.like is not None:
            picture = gettext("like “%(title)s”") % {"title": self.like.title}
        else:
            picture = gettext("a photo") if self.photo_hash else ""
        said = gettext("“%(words)s”") % {"words": self.words} if self.words else ""
        return ", ".join(filter(None, [said, picture]))

    @property
    def kind(self) -> QueryKind:
        """As `SearchQuery.kind` has it."""
        if self.like_id is None and not self.photo_hash:
            return QueryKind.WORDS
        if self.words:
            return QueryKind.BOTH
        return QueryKind.PHOTO if self.like_id is None else QueryKind.LIKE


class Judgement(models.Model):
    """How right a product is for a search, as somebody of the shop says."""

    class Grade(models.IntegerChoices):
        WRONG = 0, _("Wrong")
        RELATED = 1, _("Related")
        RIGHT = 2, _("Right")
        EXACT = 3, _("Exactly right")

    query = models.ForeignKey(JudgedSearch, on_delete=models.CASCADE, related_name="judgements")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    grade = models.PositiveSmallIntegerField(
        choices=Grade, validators=[MaxValueValidator(max(Grade))]
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("judged result")
        verbose_name_plural = _("judged results")
        constraints = [
            models.UniqueConstraint(fields=["query", "product"], name="judgement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.grade}"


class LabRun(models.Model):
    """The present setting and a tried one, measured on judged searches of one kind, one search
    after another. It goes on until it has finished (`search.desk.lab`).

    `rows`: what came of each query that is done: its key, and by setting its figure and how many of
    the first ten have no judgement.
    """

    kind = models.CharField(max_length=5, choices=KIND_CHOICES)
    present = models.JSONField(help_text="Weights by leg.")
    tried = models.JSONField(help_text="Weights by leg.")
    queries = ArrayField(models.BigIntegerField(), help_text="Keys of what is asked, in order.")
    rows = models.JSONField(default=list)
    error = models.TextField(blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("comparison of settings")
        verbose_name_plural = _("comparisons of settings")
        indexes = [
            # What a sweep looks for.
            models.Index(
                fields=["id"], condition=Q(finished_at__isnull=True), name="lab_run_unfinished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {len(self.rows)}/{len(self.queries)}"

    @property
    def done(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        return len(self.queries)
