"""`POST /api/v1/events/`: which results came into view and were opened, many at once.

Apps send both. The page sends what came into view (`static/js/events.js`); what is opened there,
its link says (`search.events.receivers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from search.events import buffer, query_ids, recording
from search.events.buffer import Event, Shown
from search.events.countable import countable
from search.events.models import Click
from shop.api.parsers import ShallowJSONParser
from shop.api.problems import ProblemSerializer, RequestTooLarge, Unavailable
from shop.catalog.models import Product

MOST_EVENTS = 50
MOST_POSITIONS = 100
MOST_BYTES = 64 * 1024

UNKNOWN = _(
    "There is no such search, or it is older than %(hours)d hours: send the `query_id` of an "
    "answer as it came."
)


class EventsThrottle(SimpleRateThrottle):
    """Counts batches by address."""

    scope = "events"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class EventSerializer(serializers.Serializer[Any]):
    type = serializers.ChoiceField(
        ["click", "impression"],
        help_text="`click`: a result was opened. `impression`: results came into view.",
    )
    query_id = serializers.CharField(
        max_length=32, help_text="Of the search's answer; valid for a day."
    )
    handle = serializers.CharField(
        required=False, max_length=200, help_text="Of a click: the product's."
    )
    position = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Of a click: where the product stood; the first of page 1 has 1.",
    )
    positions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10_000),
        required=False,
        max_length=MOST_POSITIONS,
        help_text="Of an impression: the positions that came into view.",
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        needed = {"click": ["handle", "position"], "impression": ["positions"]}[data["type"]]
        missing = {name: gettext("A click needs it.") for name in needed if name not in data}
        if data["type"] == "impression" and not data.get("positions"):
            missing = {"positions": gettext("An impression needs at least one.")}
        if missing:
            raise serializers.ValidationError(missing)
        return data


class EventsSerializer(serializers.Serializer[Any]):
    events = EventSerializer(many=True, allow_empty=False, max_length=MOST_EVENTS)  # type: ignore[call-arg]


class AcceptedSerializer(serializers.Serializer[Any]):
    accepted = serializers.IntegerField(
        help_text="How many events are kept: all, or none where the shop keeps none, or the "
        "request asks not to be counted (`DNT`, `Sec-GPC`)."
    )


class EventsView(APIView):
    """Takes what became of searches."""

    # Nobody is signed in by it: events have no person.
    authentication_classes = []
    throttle_classes = [EventsThrottle]
    # JSON alone: no other site's form can send it.
    parser_classes = [ShallowJSONParser]

    @extend_schema(
        operation_id="send_events",
        description=(
            f"Clicks and impressions of searches, at most {MOST_EVENTS} at once. All are kept or, "
            "where one is not right, none. An event that is sent again counts once. Nothing of "
            "the sender is kept."
        ),
        request=EventsSerializer,
        responses={
            202: AcceptedSerializer,
            400: OpenApiResponse(
                ProblemSerializer,
                "Something is not right; `errors` names it by its place, `events.3.position`.",
            ),
            413: OpenApiResponse(ProblemSerializer, "The request is too large."),
            415: OpenApiResponse(ProblemSerializer, "The body is not JSON."),
            429: OpenApiResponse(ProblemSerializer, "Too many requests; `Retry-After` says when."),
            503: OpenApiResponse(
                ProblemSerializer, "Events cannot be kept now; send them again later."
            ),
        },
        examples=[
            OpenApiExample(
                "A screen of results, of which one was opened",
                request_only=True,
                value={
                    "events": [
                        {
                            "type": "impression",
                            "query_id": "00078f3a5b1c8d2e9f00c1d2e3f4a5b6",
                            "positions": [1, 2, 3, 4, 5, 6],
                        },
                        {
                            "type": "click",
                            "query_id": "00078f3a5b1c8d2e9f00c1d2e3f4a5b6",
                            "handle": "red-ankle-boots",
                            "position": 2,
                        },
                    ]
                },
            )
        ],
    )
    def post(self, request: Request) -> Response:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise RequestTooLarge(
                gettext("A request may have %(kilobytes)d kB: send fewer at once.")
                % {"kilobytes": MOST_BYTES // 1024}
            )
        if not countable(request):
            return Response({"accepted": 0}, status=202)
        sent = EventsSerializer(data=request.data)
        if not sent.is_valid():
            raise exceptions.ValidationError(dict(_flat(sent.errors)))
        if buffer.waiting() is None:
            raise Unavailable(gettext("Events cannot be kept right now. Send them again later."))
        events = _checked(sent.validated_data["events"])
        if not recording.keep(events):
            raise Unavailable(gettext("Events cannot be kept right now. Send them again later."))
        return Response({"accepted": len(events)}, status=202)


def _checked(sent: list[dict[str, Any]]) -> list[Event]:
    """What was sent, as events. Raises `ValidationError` unless all of it was really shown."""
    now = timezone.now()
    ids = {text: query_ids.parse(text, now) for text in {one["query_id"] for one in sent}}
    shown = {text: recording.shown_by(one) for text, one in ids.items() if one is not None}
    handles = {one["handle"] for one in sent if one["type"] == "click"}
    products = dict(Product.objects.filter(slug__in=handles).values_list("slug", "pk"))
    events: list[Event] = []
    errors: dict[str, list[str]] = {}
    for number, one in enumerate(sent):
        query_id, page = ids[one["query_id"]], shown.get(one["query_id"])
        if query_id is None or page is None:
            errors[f"events.{number}.query_id"] = [UNKNOWN % {"hours": query_ids.VALID_HOURS}]
        elif one["type"] == "click":
            product = products.get(one["handle"])
            if problem := _misplaced(page, one, product):
                errors[f"events.{number}.position"] = [problem]
            else:
                clicked = recording.clicked
                events.append(clicked(query_id, product, one["position"], Click.Kind.CLICK))  # type: ignore[arg-type]
        elif wrong := [n for n in one["positions"] if page.product_at(n) is None]:
            errors[f"events.{number}.positions"] = [_not_shown(page, wrong[0])]
        else:
            events.append(recording.seen(query_id, one["positions"]))
    if errors:
        raise exceptions.ValidationError(errors)
    return events


def _misplaced(page: Shown, click: Mapping[str, Any], product: int | None) -> str:
    """What is wrong with a click, in words; "" if nothing is."""
    there = page.product_at(click["position"])
    if there is None:
        return _not_shown(page, click["position"])
    if there != product:
        told = gettext("“%(handle)s” was not shown at position %(position)d.")
        return told % {"handle": click["handle"][:80], "position": click["position"]}
    return ""


def _not_shown(page: Shown, position: int) -> str:
    last = page.first + len(page.products) - 1
    told = gettext("The search showed positions %(first)d to %(last)d, not %(asked)d.")
    return told % {"first": page.first, "last": last, "asked": position}


def _flat(errors: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Messages by path: `events.3.position`."""
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            own = path if name == "non_field_errors" else f"{path}.{name}".lstrip(".")
            yield from _flat(inner, own or "detail")
    elif errors and all(isinstance(one, str) for one in errors):
        yield path, [str(one) for one in errors]
    else:
        for number, inner in enumerate(errors):
            yield from _flat(inner, f"{path}.{number}")
