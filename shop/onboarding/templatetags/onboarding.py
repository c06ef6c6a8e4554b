"""The list on the admin's first page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from shop.onboarding.checks import results

register = template.Library()


@register.inclusion_tag("onboarding/_checklist.html", takes_context=True)
def onboarding_checklist(context: RequestContext) -> dict[str, Any]:
    """What is left to do for whoever looks; nothing once all is done."""
    checks = results(context["request"].user)
    left = [check for check in checks if not check.done]
    return {"checks": checks if left else [], "left": len(left), "total": len(checks)}
