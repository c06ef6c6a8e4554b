"""Reviews: who may write them, what is shown, and how the shop reads and answers them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.accounts.personal_data import erase_account, export_account
from shop.mail.models import OutgoingMail
from shop.orders.services import transition
from shop.orders.states import State
from shop.reviews import buyers
from shop.reviews.buyers import token_of
from shop.reviews.models import Review
from shop.reviews.services import ask_for_reviews
from shop.reviews.tasks import ask_for_reviews as ask_task
from tests.factories import ProductFactory
from tests.shop.reviews.factories import review_of, sent_line
from tests.shop.shopping import order_of

pytestmark = pytest.mark.django_db
REVIEWS = "/admin/reviews/review/"
SAID = {"rating": "4", "title": "Warm", "text": "And dry.", "name": "Ada"}


@pytest.fixture
def user() -> User:
    return User.objects.create_user("ada", "ada@example.com")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


def link(line: Any) -> str:
    return reverse("reviews:by_link", args=[token_of(line)])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


# --- Who may write ------------------------------------------------------------------------------


def test_a_buyer_writes_and_the_shop_publishes(client: Client, user: User) -> None:
    line = sent_line(user=user)
    address = line.product.get_absolute_url()
    client.force_login(user)
    write = reverse("reviews:write", args=[line.product.slug])
    assert write in page(client, address)

    assert client.post(write, SAID).status_code == 302

    review = Review.objects.get()
    assert (review.user, review.order_line, review.rating) == (user, line, 4)
    assert "And dry." not in page(client, address)
    Review.objects.update(state=Review.State.PUBLISHED)
    html = page(client, address)
    assert "And dry." in html and "Ada" in html and "4.0 of 5 stars" in html


def test_who_bought_nothing_cannot_write(client: Client, user: User) -> None:
    line = sent_line(user=User.objects.create_user("eve"))
    write = reverse("reviews:write", args=[line.product.slug])
    assert client.get(write).status_code == 302  # to the login
    client.force_login(user)

    assert client.get(write).status_code == 404
    assert client.post(write, SAID).status_code == 404
    assert write not in page(client, line.product.get_absolute_url())


@pytest.mark.parametrize("state", [State.PLACED, State.PAID, State.PACKED, State.CANCELLED])
def test_an_order_that_was_not_sent_is_no_purchase(
    client: Client, user: User, state: State
) -> None:
    order = order_of({ProductFactory(slug="boots").variants.get(): 1}, user=user)
    steps = {
        State.PLACED: [],
        State.PAID: [State.PAID],
        State.PACKED: [State.PAID, State.PACKED],
        State.CANCELLED: [State.CANCELLED],
    }
    for step in steps[state]:
        transition(order_id=order.pk, to=step)
    client.force_login(user)

    assert client.post("/reviews/write/boots/", SAID).status_code == 404
    assert client.post(link(order.lines.get()), SAID).status_code == 404


def test_a_guest_writes_by_the_link_and_changes_it_by_the_same(client: Client) -> None:
    line = sent_line()

    response = client.get(link(line))
    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "no-referrer"
    client.post(link(line), SAID)
    client.post(link(line), {**SAID, "rating": "2"})

    review = Review.objects.get()
    assert (review.user, review.email, review.rating) == (None, "ada@example.com", 2)


@pytest.mark.parametrize("token", ["x", "1:a:b", signing.dumps(1, salt="another")])
def test_a_forged_link_is_not_found(client: Client, token: str) -> None:
    sent_line()
    assert client.post(reverse("reviews:by_link", args=[token]), SAID).status_code == 404


def test_one_review_for_a_product_and_person(client: Client, user: User) -> None:
    product = ProductFactory()
    first, second = sent_line(product, user=user), sent_line(product, user=user)
    client.force_login(user)
    for address in (link(first), link(second), reverse("reviews:write", args=[product.slug])):
        client.post(address, SAID)

    assert Review.objects.count() == 1
    review_of(sent_line(product, email="eve@example.com"))
    assert Review.objects.count() == 2


def test_an_edited_review_is_read_again(client: Client, user: User) -> None:
    review = review_of(sent_line(user=user))
    client.force_login(user)

    client.post(reverse("reviews:edit", args=[review.pk]), SAID)

    review.refresh_from_db()
    assert (review.state, review.text) == (Review.State.PENDING, "And dry.")


def test_another_ones_review_is_not_found(client: Client, user: User) -> None:
    theirs = review_of(sent_line(user=User.objects.create_user("eve")))
    guests = review_of(sent_line(email=user.email))
    client.force_login(user)
    for review in (theirs, guests):
        for name in ("edit", "delete"):
            assert (
                client.post(reverse(f"reviews:{name}", args=[review.pk]), SAID).status_code == 404
            )
        assert client.get(reverse("reviews:edit", args=[review.pk])).status_code == 404
    assert Review.objects.filter(text="").count() == 2


def test_a_user_does_not_reach_a_guests_review_by_the_guests_address(user: User) -> None:
    # Anybody may order for somebody else's address.
    product = ProductFactory()
    theirs = review_of(sent_line(product, email="guest@example.com"), text="Mine")
    review_of(sent_line(product, user=user, email="guest@example.com"), text="Other")

    theirs.refresh_from_db()
    assert theirs.text == "Mine" and Review.objects.count() == 2


@pytest.mark.parametrize("rating", ["", "0", "6", "5.5", "x"])
def test_what_is_wrong_is_said(client: Client, rating: str) -> None:
    response = client.post(link(sent_line()), {**SAID, "rating": rating})

    assert response.status_code == 400
    assert 'id="id_rating_error"' in response.content.decode()
    assert not Review.objects.exists()


def test_own_reviews_and_what_waits_for_one(client: Client, user: User) -> None:
    review_of(sent_line(ProductFactory(title="Mug"), user=user), published=False)
    sent_line(ProductFactory(title="Hat"), user=user)
    sent_line(ProductFactory(title="Secret thing"), user=User.objects.create_user("eve"))
    client.force_login(user)

    html = page(client, reverse("reviews:own"))

    assert "Mug" in html and "To be read" in html and "Hat" in html
    assert "Secret thing" not in html
    client.post(reverse("reviews:delete", args=[Review.objects.get().pk]))
    assert not Review.objects.exists()


# --- What is shown ------------------------------------------------------------------------------


def reviewed(count: int) -> Any:
    product = ProductFactory(title="Boots", variants=[{"stock": 500}])
    for number in range(count):
        line = sent_line(product, email=f"{number}@example.com")
        review_of(line, rating=1 + number % 5, text=f"Review number {number}.")
    return product


def test_average_distribution_order_and_pages(client: Client) -> None:
    product = reviewed(7)  # 1 2 3 4 5 1 2
    address = product.get_absolute_url()

    html = page(client, address)
    assert "2.6 of 5 stars" in html and "7 reviews by buyers" in html
    counts = re.findall(r'<progress max="7" value="(\d)"', html)
    assert counts == ["1", "1", "1", "2", "2"]
    assert "Review number 6." in html and "Review number 0." not in html

    assert "Review number 0." in page(client, f"{address}?reviews=newest&page=2")
    found = re.findall(r"Review number (\d)", page(client, f"{address}?reviews=worst"))
    assert found[-5:] == ["5", "0", "6", "1", "2"]
    for odd in ("reviews=x", "page=x", "page=99999999999", "page=-1"):
        page(client, f"{address}?{odd}")


def test_search_engines_are_told_the_rating(client: Client) -> None:
    html = page(client, reviewed(2).get_absolute_url())
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    described = json.loads(found[1])["@graph"][0]
    assert described["aggregateRating"]["ratingValue"] == 1.5
    assert described["aggregateRating"]["reviewCount"] == 2
    assert len(described["review"]) == 2


def test_words_of_buyers_stay_words(client: Client) -> None:
    hostile = "</script><script>alert('x')</script>"
    review = review_of(sent_line(), title=hostile, text=hostile, name=hostile)
    assert "<script>alert" not in page(client, review.product.get_absolute_url())


def test_queries_do_not_grow_with_the_reviews(client: Client) -> None:
    counts = []
    for count in (1, 5):
        address = reviewed(count).get_absolute_url()
        page(client, address)
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- Asking -------------------------------------------------------------------------------------


def test_buyers_are_asked_once_some_days_after_sending(settings: LazySettings) -> None:
    settings.REVIEW_REQUEST_DAYS = 10
    due = sent_line(days_ago=11)
    sent_line(days_ago=9)
    sent_line(days_ago=60)
    OutgoingMail.objects.all().delete()

    ask_task.apply().get()
    assert ask_for_reviews() == 0

    mail = OutgoingMail.objects.get()
    assert mail.to == due.order.email
    # By what they are signed for: a link made a second later is another.
    tokens = re.findall(r"/reviews/by-link/([\w:-]+)/", mail.text)
    assert [signing.loads(token, salt=buyers.SALT) for token in tokens] == [due.pk]


def test_a_shop_may_never_ask(settings: LazySettings) -> None:
    settings.REVIEW_REQUEST_DAYS = 0
    sent_line(days_ago=11)
    assert ask_for_reviews() == 0


# --- The shop's side ----------------------------------------------------------------------------


def test_reviews_are_published_together(staff: Client) -> None:
    review = review_of(sent_line(), published=False)
    assert staff.get(REVIEWS).status_code == 200

    staff.post(REVIEWS, {"action": "publish", "_selected_action": [review.pk]})

    review.refresh_from_db()
    assert review.state == Review.State.PUBLISHED
    assert LogEntry.objects.get().get_change_message() == "Published."


def test_a_rejected_one_says_why(staff: Client) -> None:
    review = review_of(sent_line(), published=False)
    OutgoingMail.objects.all().delete()
    sent = {"action": "reject", "_selected_action": [review.pk]}
    assert "The buyers are told" in staff.post(REVIEWS, sent).content.decode()
    assert "This field is required" in staff.post(REVIEWS, {**sent, "reason": ""}).content.decode()

    staff.post(REVIEWS, {**sent, "reason": "It is about the parcel."})

    review.refresh_from_db()
    assert (review.state, review.reason) == (Review.State.REJECTED, "It is about the parcel.")
    assert "It is about the parcel." in OutgoingMail.objects.get().text
    assert "We did not publish" in page(Client(), link(review.order_line))


def test_an_answer_is_shown_and_the_words_of_the_buyer_stay(staff: Client) -> None:
    review = review_of(sent_line(), published=False, text="Too small.")
    OutgoingMail.objects.all().delete()
    change = f"{REVIEWS}{review.pk}/change/"
    assert "Say why it is rejected" in staff.post(change, {"state": "rejected"}).content.decode()

    answer = "Send it back, it is free."
    staff.post(change, {"state": "published", "answer": answer, "text": "Perfect."})

    review.refresh_from_db()
    assert review.text == "Too small."
    assert answer in page(staff, review.product.get_absolute_url())
    assert answer in OutgoingMail.objects.get().text


def test_support_reads_reviews_and_catalogue_does_not(client: Client) -> None:
    review = review_of(sent_line(), published=False)
    for role, allowed in (("Support", True), ("Catalogue", False)):
        clerk = User.objects.create_user(role, is_staff=True)
        clerk.groups.add(Group.objects.get(name=role))
        client.force_login(clerk)
        status = client.get(f"{REVIEWS}{review.pk}/change/").status_code
        assert (status == 200) == allowed, role
        client.post(REVIEWS, {"action": "publish", "_selected_action": [review.pk]})
        review.refresh_from_db()
        assert review.state == Review.State.PUBLISHED


def test_reviews_are_part_of_ones_data(user: User) -> None:
    kept = review_of(sent_line(user=user), text="Kept.", name="Ada")
    review_of(sent_line(user=user), published=False)

    assert len(export_account(user)["reviews"]) == 2
    erase_account(user=user)

    kept = Review.objects.get()
    assert (kept.text, kept.name, kept.email, kept.user) == ("Kept.", "", "", None)
