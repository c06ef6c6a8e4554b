"""Reviews are read here: published, rejected with a reason, answered. Their words stay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from shop.reviews.models import Review
from shop.reviews.services import publish_reviews, reject_reviews, tell_answered, tell_rejected

PUBLISHED, REJECTED = Review.State.PUBLISHED, Review.State.REJECTED


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("Why? The buyers are told."), max_length=300, widget=UnfoldAdminTextInputWidget
    )


@admin.register(Review)
class ReviewAdmin(ModelAdmin):
    list_display: list[Any] = ["product", "stars", "title", "name", "created_at", "states"]
    list_filter: list[Any] = ["state", "rating", "created_at"]
    list_select_related = ["product"]
    search_fields = ["product__title", "title", "text", "name", "email"]
    date_hierarchy = "created_at"
    actions: list[Any] = ["publish", "reject"]
    fields: list[Any] = [
        "product",
        ("rating", "name", "email"),
        "title",
        "text",
        "state",
        "reason",
        "answer",
    ]
    # What a buyer said is not edited.
    readonly_fields: list[Any] = ["product", "rating", "name", "email", "title", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Review, form: Any, change: bool) -> None:
        if obj.state != REJECTED:
            obj.reason = ""
        super().save_model(request, obj, form, change)
        if "state" in form.changed_data and obj.state == REJECTED:
            tell_rejected(obj)
        if obj.state == PUBLISHED and obj.answer and {"answer", "state"} & set(form.changed_data):
            tell_answered(obj)

    @display(description=_("stars"), ordering="rating")
    def stars(self, review: Review) -> str:
        return "★" * review.rating + "☆" * (5 - review.rating)

    @display(
        description=_("state"),
        ordering="state",
        label={"published": "success", "pending": "warning", "rejected": "danger"},
    )
    def states(self, review: Review) -> tuple[str, str]:
        return review.state, review.get_state_display()

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        ids = list(reviews.values_list("pk", flat=True))
        count = publish_reviews(review_ids=ids, actor=_actor(request))
        message = ngettext("%(count)s review published.", "%(count)s reviews published.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Reject …"), permissions=["change"])
    def reject(self, request: HttpRequest, reviews: QuerySet[Review]) -> HttpResponse | None:
        """Asks for the reason first."""
        form = RejectForm(request.POST if "reason" in request.POST else None)
        if form.is_bound and form.is_valid():
            ids = list(reviews.values_list("pk", flat=True))
            reason = form.cleaned_data["reason"]
            count = reject_reviews(review_ids=ids, reason=reason, actor=_actor(request))
            message = ngettext("%(count)s review rejected.", "%(count)s reviews rejected.", count)
            self.message_user(request, message % {"count": count}, messages.SUCCESS)
            return None
        return TemplateResponse(
            request,
            "reviews/admin_reject.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Reject reviews"),
                "opts": self.opts,
                "form": form,
                "reviews": reviews.select_related("product"),
            },
        )


def _actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Only somebody who is logged in is here.")
    return request.user
