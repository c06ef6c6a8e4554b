"""`/api/v1/for-you/`: picks from what this visitor looked at, if they asked for it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from search.events import recent_views
from search.events.api import EventsThrottle
from search.events.for_you import picked_for
from shop.api.parsers import ShallowJSONParser
from shop.api.problems import ProblemSerializer
from shop.catalog.choices import variants_of
from shop.catalog.models import Product


class PickSerializer(serializers.Serializer[Any]):
    handle = serializers.CharField()
    title = serializers.CharField()
    price = serializers.DecimalField(
        max_digits=12, decimal_places=2, help_text="The lowest of its variants."
    )
    image = serializers.URLField(allow_null=True)
    url = serializers.URLField()


class ForYouSerializer(serializers.Serializer[Any]):
    on = serializers.BooleanField(help_text="Whether what is looked at is remembered.")
    viewed = serializers.ListField(
        child=serializers.CharField(),
        help_text="Handles of what was looked at, the last one first.",
    )
    results = PickSerializer(many=True, help_text="None before three products were looked at.")


class ForYouChangeSerializer(serializers.Serializer[Any]):
    on = serializers.BooleanField(
        required=False,
        help_text="True: remember from now on. False: remember nothing, and forget what there is.",
    )
    viewed = serializers.CharField(
        required=False,
        max_length=200,
        help_text="A product's handle: it was looked at. Nothing is remembered where it is off.",
    )


ERRORS = {
    400: OpenApiResponse(ProblemSerializer, "Something in the request is not right; says what."),
    429: OpenApiResponse(ProblemSerializer, "Too many requests; `Retry-After` says when."),
}


class ForYouView(APIView):
    """What a visitor looked at is kept in their own session (its cookie), and nowhere else."""

    authentication_classes = []
    throttle_classes = [EventsThrottle]
    # JSON alone: no other site's form can send it.
    parser_classes = [ShallowJSONParser]

    @extend_schema(operation_id="for_you", responses={200: ForYouSerializer, 429: ERRORS[429]})
    def get(self, request: Request) -> Response:
        return self._answer(request)

    @extend_schema(
        operation_id="change_for_you",
        description="Turns it on or off, and tells of products that were looked at.",
        request=ForYouChangeSerializer,
        responses={
            200: ForYouSerializer,
            415: OpenApiResponse(ProblemSerializer, "The body is not JSON."),
            **ERRORS,
        },
    )
    def post(self, request: Request) -> Response:
        sent = ForYouChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        change = sent.validated_data
        if not change:
            raise exceptions.ParseError(
                gettext("Say `on`, true or false, or a handle as `viewed`.")
            )
        viewed = None
        if "viewed" in change:
            viewed = Product.objects.published().filter(slug=change["viewed"]).first()
            if viewed is None:
                told = gettext("There is no product “%(said)s”.") % {"said": change["viewed"][:80]}
                raise exceptions.ValidationError({"viewed": [told]})
        if "on" in change:
            turn = recent_views.turn_on if change["on"] else recent_views.turn_off
            turn(request._request)
        if viewed is not None:
            recent_views.add(request._request, viewed.pk)
        return self._answer(request)

    @extend_schema(
        operation_id="forget_for_you",
        description="Forgets what was looked at, at once. What follows is remembered, if it was.",
        request=None,
        responses={200: ForYouSerializer, 429: ERRORS[429]},
    )
    def delete(self, request: Request) -> Response:
        recent_views.forget(request._request)
        return self._answer(request)

    def _answer(self, request: Request) -> Response:
        picked = picked_for(request._request)
        keys = recent_views.recent_views(request._request)
        handles = dict(Product.objects.filter(pk__in=keys).values_list("pk", "slug"))
        data = {
            "on": recent_views.is_on(request._request),
            "viewed": [handles[key] for key in keys if key in handles],
            "results": [_pick(request, one) for one in picked.products] if picked else [],
        }
        return Response(data, headers={"Cache-Control": "private, no-store"})


def _pick(request: Request, product: Product) -> dict[str, Any]:
    image = next(iter(product.images.all()), None)
    return {
        "handle": product.slug,
        "title": product.title,
        "price": str(min(variant.price for variant in variants_of(product))),
        "image": request.build_absolute_uri(image.image.url) if image else None,
        "url": request.build_absolute_uri(product.get_absolute_url()),
    }
