"""`GET` and `POST /api/v1/search/`: the same form, the same search as the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import exceptions, parsers, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from search import hints
from search.asked import SearchUnavailable
from search.colors.names import NAMES
from search.events.recording import record_search
from search.forms import FLAGS, SearchForm
from search.presentation import as_data, described
from search.query import MAX_PAGE, MAX_WORDS, MOST_EXAMPLES, Leg, Sort
from search.ranking import FULL_TEXT
from search.router import EXACT_PRODUCTS, Way
from search.service import PageNotFound, search
from search.throttles import SearchThrottle
from search.words.leg import PLACE_NAMES
from shop.api.parsers import ShallowJSONParser
from shop.api.problems import ProblemSerializer, problem
from shop.catalog.models import Attribute

# Of parameters that are none, so many are told at once.
MOST_UNKNOWN = 5


class MatchSerializer(serializers.Serializer[Any]):
    said = serializers.CharField(help_text="A word of the query.")
    found = serializers.CharField(help_text="As what: itself, a synonym, or what it was taken for.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "in" is no name in Python.
        place = serializers.ChoiceField([*PLACE_NAMES.values()], help_text="Where.")
        return {**super().get_fields(), "in": place}


class WhySerializer(serializers.Serializer[Any]):
    pinned = serializers.BooleanField(help_text="Whether the shop put it there by hand.")
    parts = serializers.DictField(
        child=serializers.FloatField(),
        help_text="What each leg gave to its place, as shares of 1.",
    )
    words = MatchSerializer(many=True)


class SwatchSerializer(serializers.Serializer[Any]):
    hex = serializers.CharField(help_text="sRGB, as `#rrggbb`.")
    name = serializers.ChoiceField(
        [*NAMES], help_text="What its picture has most of; for `picture_color`."
    )
    share = serializers.FloatField(help_text="Of what the picture shows, in (0, 1].")
    image = serializers.URLField(help_text="The picture that shows it.")


class ResultSerializer(serializers.Serializer[Any]):
    sku = serializers.CharField(help_text="Of the variant that matches best.")
    handle = serializers.CharField(help_text="Names the product in addresses, and for `like`.")
    title = serializers.CharField()
    category = serializers.CharField(help_text="The category's slug.")
    price = serializers.DecimalField(max_digits=12, decimal_places=2)
    in_stock = serializers.BooleanField()
    score = serializers.FloatField(help_text="0 to 1; comparable within one search only.")
    image = serializers.URLField(allow_null=True, help_text="The picture that matched.")
    url = serializers.URLField()
    swatches = SwatchSerializer(
        many=True,
        help_text="By the pixels of its pictures: the colours that it comes in, each `name` once; "
        "where that is one, the colours of one picture, all under its `name`. Six at most; none "
        "while they are not known.",
    )
    why = WhySerializer(required=False, help_text="Where it is asked for.")


class FacetValueSerializer(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # hides `Field.label`
    count = serializers.IntegerField()


class ExplainSerializer(serializers.Serializer[Any]):
    ways = serializers.DictField(
        child=serializers.ChoiceField([*Way, FULL_TEXT]),
        help_text=f"How each leg was searched ({', '.join(Leg)}).",
    )
    matching = serializers.IntegerField(help_text="Products that pass the filters.")
    matching_counted = serializers.BooleanField(
        help_text="Whether that is all, or as far as was counted."
    )
    milliseconds = serializers.DictField(
        child=serializers.FloatField(),
        help_text="By stage: `filter`, `encode`, each leg, `sort`, `products`, `facets`, `total`.",
    )


class PhotoColorSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # hides `Field.label`
    hex = serializers.CharField(help_text="A shade of it to show: `#rrggbb`.")
    share = serializers.FloatField(help_text="Of the subject, in (0, 1].")


class PhotoAttributeSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(
        help_text="The attribute's slug: the parameter that filters by it."
    )
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # hides `Field.label`
    confidence = serializers.FloatField(help_text="In [0, 1], among the attribute's values.")


class PhotoSerializer(serializers.Serializer[Any]):
    subject = serializers.CharField(
        allow_null=True,
        help_text="A proposal for `crop`: where the subject is. Null where that is not sure, where "
        "it is nearly all of the photo, and where a crop was chosen.",
    )
    colors = PhotoColorSerializer(many=True, help_text="By pixels, most of it first.")
    attributes = PhotoAttributeSerializer(many=True, help_text="What it surely shows.")


class SearchPageSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(
        help_text=f"How many products match; counted as far as {EXACT_PRODUCTS:,}."
    )
    total_relation = serializers.ChoiceField(
        ["eq", "gte"], help_text="`gte`: there are more than `total`, uncounted."
    )
    page = serializers.IntegerField()
    pages = serializers.IntegerField(help_text="Pages end at 1,000 results.")
    results = ResultSerializer(many=True)
    next = serializers.URLField(allow_null=True, help_text="For a photo: POST it there again.")
    previous = serializers.URLField(allow_null=True)
    facets = serializers.DictField(
        child=FacetValueSerializer(many=True),
        help_text="By the name of the field that filters by it: `category`, `brand`, `price` "
        "(whose values are `price_min-price_max`), `picture_color`, and the shop's attributes. A "
        "facet that is chosen is counted without itself.",
    )
    faceted = serializers.IntegerField(
        help_text="Of how many products facets are counted: of those shown, 1,000 at most."
    )
    nothing_close = serializers.BooleanField(
        help_text="Whether all that was found is too far from what was asked to be shown."
    )
    corrected = serializers.DictField(
        child=serializers.CharField(),
        help_text="Words that no product has, and the words that they were taken for.",
    )
    notice = serializers.CharField(help_text="What a shopper should know, or empty.")
    query_id = serializers.CharField(
        help_text="Of this answer, for `/api/v1/events/`; empty where no events are kept."
    )
    explain = ExplainSerializer(required=False, help_text="Where it is asked for.")
    photo = PhotoSerializer(
        required=False, help_text="What is seen in the photo, or its part; where it is asked for."
    )


CROP = "The part of the photo that is meant: left,top,right,bottom as shares of width and height."
SPOT = (
    "The key of a spot of a picture that the shop shows, as addresses of its pages have it: what "
    "looks like what is in it."
)
PICTURE_COLOR = (
    "By the pixels of its pictures, whatever the shop calls it: a picture of the product, and of a "
    "variant that passes the other filters, has enough of this colour."
)
LOOKS = "Words for pictures, instead of `q`."
ABOUT = "Words for titles and descriptions, instead of `q`."
MORE = f"Handles of products to look more like, comma-separated; {MOST_EXAMPLES} at most."
LESS = f"Handles of products to look less like, comma-separated; {MOST_EXAMPLES} at most."
WEIGHTS = (
    "How much ways of finding count, such as `image:2,words:0`; else as the kind of search has it."
)
SORT = (
    "The order of what is found: `price` or `-price` (of the cheapest variant that passes the "
    "filters, of those in stock if any is: the one that the result shows), or `newest`. Empty: "
    "best match first; newest first where nothing is ranked."
)


class SearchRequestSerializer(serializers.Serializer[Any]):
    """Documents the form; `search.forms.SearchForm` reads it."""

    q = serializers.CharField(required=False, max_length=MAX_WORDS, help_text="Words.")
    image = serializers.FileField(
        required=False, help_text="A photo: JPEG, PNG, WebP, AVIF, GIF or HEIC, at most 10 MB."
    )
    like = serializers.CharField(required=False, help_text="A product's handle: more like this.")
    spot = serializers.IntegerField(required=False, help_text=SPOT)
    category = serializers.SlugField(required=False, help_text="With all categories below it.")
    price_min = serializers.DecimalField(
        required=False, max_digits=12, decimal_places=2, min_value=0
    )
    price_max = serializers.DecimalField(
        required=False, max_digits=12, decimal_places=2, min_value=0
    )
    in_stock = serializers.BooleanField(required=False)
    brand = serializers.CharField(required=False, max_length=120)
    color = serializers.SlugField(required=False)
    size = serializers.SlugField(required=False)
    picture_color = serializers.ChoiceField([*NAMES], required=False, help_text=PICTURE_COLOR)
    crop = serializers.CharField(required=False, max_length=60, help_text=CROP)
    looks = serializers.CharField(required=False, max_length=MAX_WORDS, help_text=LOOKS)
    about = serializers.CharField(required=False, max_length=MAX_WORDS, help_text=ABOUT)
    more = serializers.CharField(required=False, help_text=MORE)
    less = serializers.CharField(required=False, help_text=LESS)
    weights = serializers.CharField(required=False, help_text=WEIGHTS)
    legs = serializers.CharField(
        required=False, help_text=f"Only these ways of finding, comma-separated: {', '.join(Leg)}."
    )
    sort = serializers.ChoiceField([*Sort], required=False, help_text=SORT)
    page = serializers.IntegerField(required=False, min_value=1, max_value=MAX_PAGE)
    explain = serializers.BooleanField(required=False, help_text="Add how the search was done.")
    describe = serializers.BooleanField(required=False, help_text="Add what is seen in the photo.")


ATTRIBUTES = (
    "Besides the parameters below, the slug of each attribute of the shop is one, with the slug of "
    "a value: `material=leather`. Any other parameter, and one that is sent twice, is an error."
)

ERRORS = {
    400: OpenApiResponse(ProblemSerializer, "Something in the request is not right; says what."),
    404: OpenApiResponse(ProblemSerializer, "The search has fewer pages."),
    413: OpenApiResponse(ProblemSerializer, "The request is too large."),
    415: OpenApiResponse(ProblemSerializer, "The body is neither a form nor JSON."),
    429: OpenApiResponse(ProblemSerializer, "Too many requests; `Retry-After` says when."),
    503: OpenApiResponse(ProblemSerializer, "Search by photo is not available right now."),
}


class SearchView(APIView):
    """Finds products by words, by a photo, by both, or like another; within filters."""

    # Nobody is signed in by it, so that a browser's session brings no CSRF check with it.
    authentication_classes = []
    throttle_classes = [SearchThrottle]
    parser_classes = [parsers.MultiPartParser, parsers.FormParser, ShallowJSONParser]

    @extend_schema(
        operation_id="search",
        description=f"Finds products by words, or like another; within filters. {ATTRIBUTES}",
        parameters=[
            OpenApiParameter(name, kind, description=text)
            for name, kind, text in (
                ("q", OpenApiTypes.STR, f"Words, at most {MAX_WORDS} characters."),
                ("like", OpenApiTypes.STR, "A product's handle: more like this."),
                ("spot", OpenApiTypes.INT, SPOT),
                ("category", OpenApiTypes.STR, "A category's slug; includes those below it."),
                ("price_min", OpenApiTypes.DECIMAL, "Lowest price."),
                ("price_max", OpenApiTypes.DECIMAL, "Highest price."),
                ("in_stock", OpenApiTypes.BOOL, "Only what is in stock."),
                ("brand", OpenApiTypes.STR, "A brand, as the shop writes it."),
                ("color", OpenApiTypes.STR, "Colour, as slug."),
                ("size", OpenApiTypes.STR, "Size, as slug."),
                ("picture_color", OpenApiTypes.STR, f"{PICTURE_COLOR} One of {', '.join(NAMES)}."),
                ("looks", OpenApiTypes.STR, LOOKS),
                ("about", OpenApiTypes.STR, ABOUT),
                ("more", OpenApiTypes.STR, MORE),
                ("less", OpenApiTypes.STR, LESS),
                ("weights", OpenApiTypes.STR, WEIGHTS),
                ("legs", OpenApiTypes.STR, f"Only these ways of finding: {', '.join(Leg)}."),
                ("page", OpenApiTypes.INT, f"1 to {MAX_PAGE}."),
                ("explain", OpenApiTypes.BOOL, "Add how the search was done."),
            )
        ]
        + [OpenApiParameter("sort", OpenApiTypes.STR, enum=[*Sort], description=SORT)],
        responses={200: SearchPageSerializer, **ERRORS},
    )
    def get(self, request: Request) -> Response:
        return self._answer(request, SearchForm(_flat(request.query_params)))

    @extend_schema(
        operation_id="search_by_photo",
        description=f"The same by a photo, by words, or by both. {ATTRIBUTES}",
        request={
            "multipart/form-data": SearchRequestSerializer,
            "application/json": SearchRequestSerializer,
        },
        responses={200: SearchPageSerializer, **ERRORS},
    )
    def post(self, request: Request) -> Response:
        if not hasattr(request.data, "get"):
            raise exceptions.ParseError(gettext("Send a form, or a JSON object."))
        data = {**_flat(request.query_params), **_flat(request.data)}
        return self._answer(request, SearchForm(data, request.FILES))

    def _answer(self, request: Request, form: SearchForm) -> Response:
        sent = {*form.data, *form.files} - {api_settings.URL_FORMAT_OVERRIDE}
        if unknown := sorted(sent - form.fields.keys()):
            raise exceptions.ValidationError(_unknown(unknown[:MOST_UNKNOWN]))
        if not form.is_valid():
            raise exceptions.ValidationError(
                {
                    "detail" if name == "__all__" else name: [str(message) for message in messages]
                    for name, messages in form.errors.items()
                }
            )
        try:
            page = search(form.query)
        except PageNotFound as error:
            raise exceptions.NotFound(str(error)) from error
        except SearchUnavailable as error:
            return problem(
                status=503,
                title="Service Unavailable",
                detail=str(error),
                kind="search_unavailable",
            )

        def page_address(number: int) -> str:
            # What came in a body, too, so that following `next` asks the same; but a photo.
            values = {name: str(form.data.get(name) or "") for name in form.fields}
            values |= {"image": "", "page": str(number)}
            query = urlencode({name: value for name, value in values.items() if value})
            return request.build_absolute_uri(f"{request.path}?{query}")

        query_id = record_search(
            form.query, page, request=request, confident=not page.nothing_close
        )
        data = as_data(
            page,
            query_id=query_id,
            absolute=request.build_absolute_uri,
            page_address=page_address,
            explain=form.cleaned_data["explain"],
        )
        if form.cleaned_data["describe"] and (photo := described(form)):
            data["photo"] = photo
        # As of the page: timings are anybody's to measure.
        return Response(data, headers={"Server-Timing": page.facts.server_timing()})


def _unknown(names: Iterable[str]) -> dict[str, list[str]]:
    """A message for each name of a parameter that is none: a filter that is left out unseen would
    give answers that were not asked for."""
    known = [*SearchForm.base_fields, *Attribute.objects.values_list("slug", flat=True)]
    errors = {}
    for said in names:
        name = said[:80].encode(errors="replace").decode()  # JSON may bring half a character
        meant = hints.closest(name, known)
        told = gettext("There is no parameter “%(name)s”.") % {"name": name}
        schema = {"schema": reverse("api-schema")}
        more = hints.did_you_mean(meant) if meant else gettext("%(schema)s lists all.") % schema
        errors[name] = [f"{told} {more}"]
    return errors


def _flat(data: Any) -> dict[str, Any]:
    """One text, number or truth value a name; files left out."""
    values = {name: data.get(name) for name in data if not hasattr(data.get(name), "read")}
    several = {name for name in data if len(getattr(data, "getlist", lambda _: ())(name)) > 1}
    errors = {
        name: [gettext("Send one value.")]
        for name in data
        if name in several or isinstance(values.get(name), dict | list)
    }
    errors |= {
        name: [gettext("Send text, not true or false.")]
        for name, value in values.items()
        if isinstance(value, bool) and name not in FLAGS
    }
    if values.get("image"):
        errors["image"] = [gettext("Send the picture as a file, in a multipart form.")]
    if errors:
        raise exceptions.ValidationError(errors)
    return values
