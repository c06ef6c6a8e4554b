"""The shopper's pages of orders. Somebody else's order is not found."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shop.orders import links, story
from shop.orders.amounts import tax_by_rate
from shop.orders.finding import mail_link
from shop.orders.forms import FindOrderForm
from shop.orders.invoices.downloads import documents_of, pdf_response
from shop.orders.invoices.models import Kind
from shop.orders.models import SESSION_KEY, Order, OrderLine
from shop.orders.reordering import reorder
from shop.orders.states import State
from shop.throttles import seconds_to_wait

PAGE_SIZE = 10
# The numbers of orders that this session need not be thanked for (again).
THANKED_KEY = "orders_thanked"
CANCELLABLE = frozenset({State.PLACED, State.PAID})


@never_cache
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """The session that placed it is thanked: once, at its first look."""
    found = _visible(request, number)
    lines, events = list(found.lines.all()), list(found.events.all())
    documents = {one.kind for one in found.invoices.all()}
    is_payable = story.is_payable(found)
    return render(
        request,
        "orders/order.html",
        {
            "order": found,
            "lines": lines,
            "thanks": _is_to_be_thanked(request, found),
            "headline": story.HEADLINES[State(found.state)],
            "next_words": story.next_words(found),
            "steps": story.steps_of(found, events),
            "history": story.history_of(found, events),
            "rates": [one for one in tax_by_rate(found, lines) if one.tax],
            "is_payable": is_payable,
            "pay_url": _url("payments:retry", found.number) if is_payable else "",
            "cancel_url": (
                _url("fulfilment:cancel", found.number) if found.state in CANCELLABLE else ""
            ),
            "contact_url": _url("mail:contact"),
            "signup_url": _url("account_signup"),
            "has_invoice": Kind.INVOICE in documents,
            "has_credit_note": Kind.CREDIT in documents and found.state == State.REFUNDED,
            "own_account": found.user_id is not None and found.user_id == request.user.pk,
        },
    )


@never_cache
@require_safe
def signed(request: HttpRequest, number: str, signature: str) -> HttpResponse:
    """Lets the session see the order, and goes on to its plain address."""
    if not links.verify(number, signature) or not Order.objects.filter(number=number).exists():
        raise Http404
    if number not in request.session.get(SESSION_KEY, []):
        _mark_thanked(request, number)  # for placing it: that was elsewhere
    links.remember(request, number)
    response = redirect("orders:order", number)
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@never_cache
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    orders = Order.objects.of_user(cast(User, request.user)).prefetch_related("lines")
    page = Paginator(orders, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "orders/history.html", {"page": page})


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Mails the link to an order; the answer is the same whether there is one."""
    form = FindOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if wait := seconds_to_wait(request, scope="find_order"):
            form.add_error(None, _("That was often. Please wait a minute, then try again."))
            refused = render(request, "orders/find.html", {"form": form}, status=429)
            refused["Retry-After"] = str(wait)
            return refused
        mail_link(number=form.cleaned_data["number"], email=form.cleaned_data["email"])
        return render(request, "orders/find.html", {"email": form.cleaned_data["email"]})
    return render(request, "orders/find.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Puts what was ordered into the cart, and says what is gone."""
    found = _visible(request, number)
    done = reorder(request=request, order=found)
    for problem in done.problems:
        messages.warning(request, problem)
    if not done.quantity:
        return redirect(found)
    words = ngettext(
        "%(count)d thing of your order is in the cart.",
        "%(count)d things of your order are in the cart.",
        done.quantity,
    )
    messages.success(request, words % {"count": done.quantity})
    return redirect(_url("cart:page") or found)


@never_cache
@require_safe
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    return _document(request, number, Kind.INVOICE)


@never_cache
@require_safe
def credit_note(request: HttpRequest, number: str) -> HttpResponse:
    """Of an order that is refunded as a whole."""
    return _document(request, number, Kind.CREDIT)


def _document(request: HttpRequest, number: str, kind: Kind) -> HttpResponse:
    found = _visible(request, number)
    return pdf_response(get_object_or_404(documents_of(found), kind=kind))


def _visible(request: HttpRequest, number: str) -> Order:
    lines = OrderLine.objects.select_related("product")
    found = (
        Order.objects.visible_to(request)
        .filter(number=number)
        .prefetch_related(Prefetch("lines", lines), "events", "invoices")
        .first()
    )
    if found is None:
        # The same for an order of somebody else and for one that there is not.
        raise Http404(
            _(
                "No order to be seen here has this number. Log in, or open the link in our mail: "
                "“Find my order”, below, sends it again."
            )
        )
    return found


def _is_to_be_thanked(request: HttpRequest, order: Order) -> bool:
    """Whether this session placed the order and has not seen it since; it has seen it then."""
    number = order.number
    if number not in request.session.get(SESSION_KEY, []):
        return False
    if number in request.session.get(THANKED_KEY, []):
        return False
    _mark_thanked(request, number)
    return order.state != State.CANCELLED


def _mark_thanked(request: HttpRequest, number: str) -> None:
    others = [one for one in request.session.get(THANKED_KEY, []) if one != number]
    request.session[THANKED_KEY] = [*others, number][-links.MOST_REMEMBERED :]


def _url(name: str, *args: str) -> str:
    """The address of another part's page; "" where that part has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
