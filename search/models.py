"""Which encoder made which vector of what (EmbeddingModel, Embedding), products as filters see them
(Listing), and what colours pictures have (PictureColors).

Listings, and what embeddings know of them, are written by triggers alone (migration 0003), in the
transaction that changes the catalogue, by whatever path; `search.listings` watches over them. So
are the places of colours (migration 0014); `search.colors.upkeep` fills them.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, Q, When
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from search import answering
from search.encoders import Encoder, EncoderUnavailable, get_encoder
from search.events.models import (
    BoughtTogether,
    Click,
    EventRetention,
    FoundProduct,
    Impression,
    LoggedQuery,
)
from search.fields import BigIntegerMultiRangeField, VarBitField
from shop.catalog.models import Product, ProductImage


class EmbeddingModelQuerySet(models.QuerySet["EmbeddingModel"]):
    def live(self) -> EmbeddingModel | None:
        """The model that answers searches; None before the first `manage.py model build`. Within a
        request it stays the same (`search.answering`)."""
        # Thousands of numbers: the database compares with them, or a process remembers them.
        vectors = "image_thresholds", "text_thresholds", "nonsense"
        return answering.remembered(
            lambda: self.filter(state=EmbeddingModel.State.LIVE).defer(*vectors).first()
        )

    def embedding(self) -> EmbeddingModelQuerySet:
        """Those whose embeddings are kept up to date: the live one, any being built, and for some
        days one that was replaced."""
        states = EmbeddingModel.State
        return self.filter(
            Q(state__in=[states.LIVE, states.BUILDING])
            | Q(state=states.RETIRED, kept_until__gt=Now())
        )

    def worked_on(self) -> EmbeddingModelQuerySet:
        """Those of them that workers embed for now, the most urgent first: a shopper may look for a
        new photo at once, and nobody waits for a model that does not answer yet."""
        states = EmbeddingModel.State
        urgency = Case(
            When(state=states.LIVE, then=0), When(state=states.BUILDING, then=1), default=2
        )
        return self.embedding().filter(paused_at=None).order_by(urgency, "pk")

    def indexed(self) -> EmbeddingModelQuerySet:
        """Those whose vectors keep their indexes: the live one, any being built, and the last that
        was replaced."""
        states = EmbeddingModel.State
        last = self.retired().values("pk")[:1]
        return self.filter(Q(state__in=[states.LIVE, states.BUILDING]) | Q(pk__in=last))

    def retired(self) -> EmbeddingModelQuerySet:
        """Those that were replaced and can be gone back to, the last first."""
        replaced = self.filter(state=EmbeddingModel.State.RETIRED)
        return replaced.order_by(F("retired_at").desc(nulls_last=True), "-pk")


class EmbeddingModel(models.Model):
    """A named, versioned encoder. Vectors of two models may differ in dimension and live side by
    side; only those of one model are ever compared."""

    class State(models.TextChoices):
        BUILDING = "building", _("Building")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Retired")
        DROPPING = "dropping", _("Being deleted")

    name = models.CharField(max_length=200)
    reference = models.CharField(
        max_length=500, help_text="As open_clip writes it: local-dir:, hf-hub:, architecture/tag."
    )
    checksum = models.CharField(max_length=64, help_text="SHA-256 of the weights, hexadecimal.")
    dimension = models.PositiveIntegerField()
    preprocessing = models.JSONField(default=dict, help_text="How pictures are prepared.")
    background = models.JSONField(
        default=dict,
        help_text="Mean and deviation of the similarity of unrelated pairs, by kind of pair.",
    )
    # Where texts lie that mean nothing to it (`search.background`).
    nonsense = HalfVectorField(null=True, editable=False)
    # What signatures compare a vector of each kind with: its mean less a deviation, its mean, and
    # its mean and a deviation, one after another (three times the dimension). Null until there are
    # vectors enough (`search.vector_indexes`).
    image_thresholds = HalfVectorField(null=True, editable=False)
    text_thresholds = HalfVectorField(null=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.BUILDING)
    created_at = models.DateTimeField(auto_now_add=True)
    activated_at = models.DateTimeField(null=True, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    # Until then what is new is embedded for a model that was replaced, too, so that going back to
    # it takes no time and nothing is missing.
    kept_until = models.DateTimeField(null=True, editable=False)
    # Workers leave the embeddings of a model alone while it is being built and paused.
    paused_at = models.DateTimeField(null=True, editable=False)

    objects = EmbeddingModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "checksum"], name="model_version_unique"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="live"), name="one_live_model"
            ),
        ]
        verbose_name = _("search model")
        verbose_name_plural = _("search models")

    def __str__(self) -> str:
        return self.name

    def encoder(self) -> Encoder:
        """The encoder that makes this model's vectors. Raises `EncoderUnavailable`."""
        encoder = get_encoder(self.reference, checksum=self.checksum)
        if encoder.checksum != self.checksum:
            raise EncoderUnavailable(
                f"The weights of {self.name} have changed since its vectors were made. Run "
                f"`manage.py model build {self.name}`."
            )
        return encoder


class Embedding(models.Model):
    """One vector for one picture, or for one product's text, under one model.

    The row is also the work item: it is made *pending* in the transaction that saves the content
    (or by the sweep), claimed by a worker, and *done* once `vector` is that of `content_hash`.
    While new content is pending, `vector` is still that of the old, so that the product stays
    findable.
    """

    class Kind(models.TextChoices):
        IMAGE = "image"
        TEXT = "text"

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    MAX_ATTEMPTS = 3

    # A model is looked for with a product or a status: `embedding_leg`, `embedding_done`.
    model = models.ForeignKey(
        EmbeddingModel, on_delete=models.CASCADE, related_name="embeddings", db_index=False
    )
    kind = models.CharField(max_length=5, choices=Kind)
    # The index `embedding_leg` begins with it.
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="embeddings", db_index=False
    )
    image = models.ForeignKey(
        ProductImage, on_delete=models.CASCADE, null=True, related_name="embeddings"
    )
    # halfvec without a length: each model has its own. 2 bytes a dimension stay in the row up to
    # 1,000 dimensions, where float32 would be moved out of line and scans be five times slower.
    vector = HalfVectorField(null=True)
    # By triggers, for the indexes of `search.vector_indexes`: whether the product is on sale and
    # the path of its category, neither of which changes daily, and the signature of the vector.
    listed = models.BooleanField(default=False, editable=False)
    path = models.CharField(max_length=255, db_collation="C", blank=True, editable=False)
    # Three bits a dimension; the Hamming distance of two signatures estimates the distance of their
    # vectors, in 3/16 of the bytes.
    signature = VarBitField(null=True, editable=False)
    content_hash = models.CharField(max_length=64)
    status = models.CharField(max_length=7, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    # While running: the key of the advisory lock that the worker holds. A lock that is free
    # means that its worker is gone.
    claim = models.BigIntegerField(null=True)
    # Not to be tried again before.
    retry_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        # As the page is called that shows them (`search.board`).
        verbose_name = verbose_name_plural = _("what the search sees")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "model"],
                condition=Q(kind="image"),
                name="one_embedding_an_image",
            ),
            models.UniqueConstraint(
                fields=["product", "model"],
                condition=Q(kind="text"),
                name="one_text_embedding_a_product",
            ),
            models.CheckConstraint(
                condition=Q(kind="image", image__isnull=False) | Q(kind="text", image__isnull=True),
                name="image_iff_kind_image",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(vector__isnull=False), name="done_has_vector"
            ),
        ]
        indexes = [
            # What a worker claims next of a model, among however much that waits for others.
            models.Index(
                fields=["model", "attempts", "id"],
                condition=Q(status="pending"),
                name="embedding_pending",
            ),
            # What a sweep looks at.
            models.Index(fields=["claim"], condition=Q(status="running"), name="embedding_running"),
            # What has waited longest (`search.board`).
            models.Index(
                fields=["model", "updated_at"],
                condition=Q(status="pending"),
                name="embedding_waiting",
            ),
            # Counting what is done, how lately, and what is not (`search.counts`). Without them
            # every count reads every vector.
            models.Index(
                fields=["model", "kind", "updated_at"],
                condition=Q(status="done"),
                name="embedding_done",
            ),
            models.Index(
                fields=["model", "kind", "status"],
                condition=~Q(status="done"),
                name="embedding_unfinished",
            ),
            # A product's vectors for one leg.
            models.Index(fields=["product", "model", "kind"], name="embedding_leg"),
            # Pictures of drafts, which are in no graph (`search.retrieval.exact_of_drafts`).
            models.Index(
                fields=["model", "-id"],
                condition=Q(kind="image", listed=False),
                name="embedding_of_drafts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of product {self.product_id}: {self.status}"


def _lowest(prices: str) -> Func:
    """The lowest of a field of prices; none of nothing."""
    return Func(F(prices), function="lower", output_field=models.BigIntegerField())


class Listing(models.Model):
    """A product on sale (published, with at least one published variant) as searches filter it:
    one narrow row each, which a new price or stock changes and no index that holds a vector does.

    What must hold of one and the same variant is necessary here, and checked against the variants
    where it is not sufficient (`search.filters`).
    """

    product = models.OneToOneField(
        Product,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="listing",
    )
    created_at = models.DateTimeField()
    prices = BigIntegerMultiRangeField(
        help_text="Each price of a published variant, in hundredths of the currency, as a range "
        "of one."
    )
    prices_in_stock = BigIntegerMultiRangeField(help_text="Those of published variants in stock.")
    in_stock = models.BooleanField(help_text="Whether a published variant is.")
    path = models.CharField(max_length=255, db_collation="C", help_text="Of its category.")
    brand = models.CharField(max_length=120, blank=True)
    value_ids = ArrayField(
        models.IntegerField(),
        help_text="The attribute values that it or a published variant has, ascending.",
    )

    class Meta:
        indexes = [
            models.Index(fields=["path"], include=["product"], name="listing_path"),
            models.Index(fields=["brand"], include=["product"], name="listing_brand"),
            GinIndex(fields=["value_ids"], name="listing_values", fastupdate=False),
            GistIndex(fields=["prices"], name="listing_prices"),
            # Browsing shows the newest, of however many.
            models.Index(fields=["-created_at", "-product"], name="listing_newest"),
            # ... or, sorted by price, the cheapest or the dearest of them (`search.sorting`).
            models.Index(
                Coalesce(_lowest("prices_in_stock"), _lowest("prices")),
                "product",
                name="listing_price",
            ),
        ]

    def __str__(self) -> str:
        return f"product {self.product_id} in {self.path}"


class Document(models.Model):
    """The words of a product on sale, with where each stands; kept by triggers as listings are
    (migration 0012)."""

    product = models.OneToOneField(
        Product,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="document",
    )
    words = SearchVectorField(
        help_text="Stems: A of the title, B of the brand, C of categories and values, D of the "
        "description."
    )

    class Meta:
        indexes = [GinIndex(fields=["words"], name="document_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"words of product {self.product_id}"


class Word(models.Model):
    """A word as the shop's texts write it, to find what was mistyped (`search.words.lexicon`)."""

    word = models.CharField(max_length=60, primary_key=True, db_collation="C")
    products = models.PositiveIntegerField(help_text="On sale, whose texts have it.")
    named = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="Those whose title or brand says it just so, or whose category or value is "
        "called so; others only speak of it.",
    )
    near = ArrayField(
        models.CharField(max_length=60, db_collation="C"),
        help_text="It, and what is left of it without one of its letters.",
    )

    class Meta:
        indexes = [
            GinIndex(fields=["near"], name="word_near"),
            # Words that begin as what is being typed.
            models.Index(
                fields=["word"], include=["named"], condition=Q(named__gt=0), name="word_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.products}"


class Stem(models.Model):
    """How many products have a word, whatever its ending: what it is worth in a search."""

    stem = models.CharField(max_length=255, primary_key=True, db_collation="C")
    products = models.PositiveIntegerField(help_text="On sale, whose documents have it.")
    kind = models.BooleanField(help_text="Whether it is of a category's name.")

    def __str__(self) -> str:
        return f"{self.stem}: {self.products}"


class Synonyms(models.Model):
    """Words that mean the same to this shop's shoppers; whoever writes one finds the others."""

    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_(
            "Words or phrases that mean the same, with commas between them: trainers, "
            "sneakers, running shoes."
        ),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["words"]
        verbose_name = verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        empty = [phrase for phrase in self.phrases() if not any(map(str.isalnum, phrase))]
        if empty:
            named = ", ".join(gettext("“%(words)s”") % {"words": phrase} for phrase in empty)
            told = ngettext(
                "%(named)s has no letter or digit, so no search would find by it. "
                "Write words, as in “trainers, running shoes”.",
                "%(named)s have no letter or digit, so no search would find by it. "
                "Write words, as in “trainers, running shoes”.",
                len(empty),
            )
            raise ValidationError({"words": told % {"named": named}})
        if len(self.phrases()) < 2:
            told = gettext("Write two words or phrases at least, with commas between them.")
            raise ValidationError({"words": told})

    def phrases(self) -> list[str]:
        """Each once, in small letters."""
        said = (" ".join(phrase.split()).casefold() for phrase in self.words.split(","))
        return list(dict.fromkeys(phrase for phrase in said if phrase))


class RecallCheck(models.Model):
    """How near the search came to an exact one, by one way, at one time (`search.recall`)."""

    class Way(models.TextChoices):
        """Those of `search.router.Way`, in words."""

        EXACT = "exact", _("looks at everything")
        GRAPH = "graph", _("goes from like to like")
        SIGNATURES = "signatures", _("looks roughly, then closely")

    class Origin(models.TextChoices):
        SEARCHES = "searches", _("shoppers' searches")
        PICTURES = "pictures", _("pictures of the shop")

    model = models.ForeignKey(
        EmbeddingModel, on_delete=models.CASCADE, related_name="checks", verbose_name=_("model")
    )
    way = models.CharField(
        _("how it searches"), max_length=10, choices=Way, help_text="Of `search.router.Way`."
    )
    origin = models.CharField(_("samples of"), max_length=8, choices=Origin)
    checked_at = models.DateTimeField(_("checked"), db_index=True)
    samples = models.PositiveIntegerField(_("samples"))
    recall = models.FloatField(
        _("found of what there is"), help_text="The mean over the samples, in [0, 1]."
    )
    worst = models.FloatField(_("least found"), help_text="The sample with the least.")

    class Meta:
        verbose_name = _("check whether the search finds all")
        verbose_name_plural = _("checks whether the search finds all")
        ordering = ["-checked_at", "way"]

    def __str__(self) -> str:
        return f"{self.way}: {self.recall:.3f}"


class PictureColors(models.Model):
    """The colours of what a picture shows (`search.colors`): one narrow row a picture.

    The row is also the work item. Triggers make it with the picture, and *due* with a new file; a
    worker tries it, and it is due no more. While it is, `shares` and `swatches` are still those of
    the former file, or none.
    """

    MAX_ATTEMPTS = 3

    image = models.OneToOneField(
        ProductImage, primary_key=True, on_delete=models.CASCADE, related_name="colors"
    )
    # Of the picture; triggers keep it in step, and the picture takes the row with it.
    product = models.ForeignKey(
        Product,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="picture_colors",
    )
    shares = ArrayField(
        models.SmallIntegerField(),
        null=True,
        help_text="Of each named colour, in thousandths of what is shown, in the order of "
        "`search.colors.names.NAMED`.",
    )
    main = ArrayField(
        models.SmallIntegerField(),
        default=list,
        help_text="The named colours (their places in that order) that it has enough of to be "
        "found by.",
    )
    swatches = ArrayField(
        models.IntegerField(),
        default=list,
        help_text="Colours that are seen, the largest first, each as two numbers: sRGB, and its "
        "share in thousandths.",
    )
    # What it was last tried with: the picture's content hash, and the version of the method.
    content_hash = models.CharField(max_length=64, blank=True)
    method = models.PositiveSmallIntegerField(default=0)
    # Null: nothing is to be done. Later than now: it waits, or a worker has it until then.
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("colours of a picture")
        indexes = [
            models.Index(fields=["product"], name="colors_product"),
            # Which pictures have a colour?
            GinIndex(fields=["main"], name="colors_main", fastupdate=False),
            # What a worker takes next.
            models.Index(
                fields=["attempts", "due_at"],
                condition=Q(due_at__isnull=False),
                name="colors_due",
            ),
            # What another version of the method made.
            models.Index(fields=["method"], condition=Q(due_at__isnull=True), name="colors_method"),
            models.Index(fields=["image"], condition=~Q(error=""), name="colors_failed"),
        ]

    def __str__(self) -> str:
        return f"colours of picture {self.image_id}"


# At the end: they refer to the classes above.
from search.attributes.models import (  # noqa: E402
    AttributeSuggestion,
    ReadingDue,
    StoredReader,
    VisualAttribute,
    VisualValue,
)
from search.desk.models import (  # noqa: E402
    Curation,
    JudgedSearch,
    Judgement,
    LabRun,
    RankingSetting,
)
from search.duplicates.models import DuplicatePair, PictureSignature  # noqa: E402
from search.enrichment.models import (  # noqa: E402
    ProductSuggestion,
    StoredEnricher,
    SuggestionAction,
    SuggestionCalibration,
)
from search.versions.models import ModelBuild, ModelComparison  # noqa: E402

__all__ = [
    "AttributeSuggestion",
    "BoughtTogether",
    "Click",
    "Curation",
    "Document",
    "DuplicatePair",
    "Embedding",
    "EmbeddingModel",
    "EventRetention",
    "FoundProduct",
    "Impression",
    "JudgedSearch",
    "Judgement",
    "LabRun",
    "Listing",
    "LoggedQuery",
    "ModelBuild",
    "ModelComparison",
    "PictureColors",
    "PictureSignature",
    "ProductSuggestion",
    "RankingSetting",
    "ReadingDue",
    "RecallCheck",
    "Stem",
    "StoredEnricher",
    "StoredReader",
    "SuggestionAction",
    "SuggestionCalibration",
    "Synonyms",
    "VisualAttribute",
    "VisualValue",
    "Word",
]
