"""In the admin: the list of what is to be done, and the removal of the demo's products."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shop.celery import dispatch
from shop.onboarding import demo_data
from shop.onboarding.checks import results
from shop.onboarding.models import DemoRemoval
from shop.onboarding.tasks import continue_removal

EDITED_SHOWN = 50


@require_safe
def getting_started(request: HttpRequest) -> HttpResponse:
    """The whole list, what is done too."""
    return _page(
        request,
        "onboarding/getting_started.html",
        title=_("Getting started"),
        checks=results(request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """What would be removed, and a button that does it; while it is done, how far it is."""
    staff: Any = request.user
    if not staff.has_perm("catalog.delete_product"):
        raise PermissionDenied
    if request.method == "POST":
        with_edited = request.POST.get("edited") == "on"
        removal = demo_data.start_removal(with_edited=with_edited, actor=staff)
        LogEntry.objects.log_actions(
            user_id=staff.pk,
            queryset=[removal],
            action_flag=DELETION,
            change_message=_("Removing the demo’s products."),
            single_object=True,
        )
        dispatch(continue_removal)
        return redirect("onboarding:demo")
    running = DemoRemoval.objects.filter(finished_at=None).first()
    last = DemoRemoval.objects.exclude(finished_at=None).order_by("-finished_at").first()
    plan = None if running else demo_data.plan_removal()
    if plan and not plan.products and not plan.edited and last is None:
        messages.info(request, _("There are none of the demo’s products."))
    return _page(
        request,
        "onboarding/demo.html",
        title=_("Remove the demo’s products"),
        running=running,
        last=last,
        plan=plan,
        edited_shown=EDITED_SHOWN,
    )


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})
