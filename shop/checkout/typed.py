"""What was typed into a step and was not right yet: kept in the session until it is.

So a wrong form is answered with a redirect, as a right one is: going back and reloading ask nobody
whether to send a form again, and nothing that was typed is lost.
"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from shop.checkout.steps import Step

SESSION_KEY = "checkout_typed"
NOT_TYPED = ("csrfmiddlewaretoken", "key", "total")
# More characters than all that a step asks for: each page of the session reads them.
MOST_KEPT = 50_000


def data_of(request: HttpRequest, step: Step) -> QueryDict | None:
    """The data for the step's form: of this request, or of an earlier one that was not right."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(SESSION_KEY)
    if kept is None or kept["step"] != step:
        forget(request)
        return None
    return QueryDict(kept["data"])


def keep(request: HttpRequest, step: Step) -> None:
    data = request.POST.copy()
    for name in NOT_TYPED:
        data.pop(name, None)
    kept = data.urlencode()
    request.session[SESSION_KEY] = {"step": step, "data": kept if len(kept) <= MOST_KEPT else ""}


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
