"""Which of the payments' pages the admin's sidebar shows to whom."""

from django.http import HttpRequest


def may_view_payments(request: HttpRequest) -> bool:
    return request.user.has_perm("payments.view_payment")


def may_view_refunds(request: HttpRequest) -> bool:
    return request.user.has_perm("payments.view_refund")


def may_view_events(request: HttpRequest) -> bool:
    return request.user.has_perm("payments.view_gatewayevent")
