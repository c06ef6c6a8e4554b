"""Composing the home page in the admin: kinds, pictures, products and spots, and who may."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from shop.accounts import roles
from shop.editorial.models import Block, BlockPicture, Spot
from tests.factories import BlockFactory, CategoryFactory, ProductFactory, SpotFactory, upload

pytestmark = pytest.mark.django_db

LIST = "/admin/editorial/block/"
ADD = f"{LIST}add/"


def text_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def change(block: Block) -> str:
    return f"{LIST}{block.pk}/change/"


def rows(prefix: str, *given: dict[str, Any], stored: int = 0) -> dict[str, Any]:
    """A formset as the admin sends it."""
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(given),
        f"{prefix}-INITIAL_FORMS": stored,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(given):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def spot(**values: Any) -> dict[str, Any]:
    return {
        "label": "Boots",
        "x": "10",
        "y": "20",
        "width": "30",
        "height": "40",
        "position": 0,
        **values,
    }


# --- A new block --------------------------------------------------------------------------------


def test_first_one_chooses_a_kind(admin_client: Client) -> None:
    page = text_of(admin_client.get(ADD))

    assert re.findall(r'href="\?kind=(\w+)"', page) == ["hero", "collection", "categories", "look"]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hero", {"image", "alt", "title", "text", "link", "link_label"}),
        ("collection", {"title", "text", "link", "link_label", "category"}),
        ("categories", {"title", "text", "category"}),
        ("look", {"image", "alt", "title", "text", "link", "link_label"}),
    ],
)
def test_a_form_has_the_fields_of_its_kind_alone(
    admin_client: Client, kind: str, fields: set[str]
) -> None:
    page = text_of(admin_client.get(f"{ADD}?kind={kind}"))

    always = {"kind", "published", "language"}
    asked = {"image", "alt", "title", "text", "link", "link_label", "category"} | always
    assert {name for name in asked if f'name="{name}"' in page} == fields | always


def test_a_hero_is_made_with_its_picture(admin_client: Client) -> None:
    CategoryFactory(name="Boots")

    answer = admin_client.post(
        f"{ADD}?kind=hero",
        {
            "kind": "hero",
            "image": upload(),
            "alt": "Boots in the rain",
            "title": "For wet days",
            "link_label": "See the boots",
            "link": "http://testserver/category/boots/",  # as the browser shows it
            "published": "on",
        },
    )

    assert answer.status_code == 302
    block = Block.objects.get()
    assert (block.title, block.link, block.published) == ("For wet days", "/category/boots/", True)
    assert (block.picture.alt, block.picture.width) == ("Boots in the rain", 96)


def test_a_new_block_comes_last(admin_client: Client) -> None:
    BlockFactory(position=7)

    admin_client.post(
        f"{ADD}?kind=collection", {"kind": "collection", "title": "New", **rows("picks")}
    )

    assert Block.objects.get(title="New").position == 8


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"image": ""}, "This field is required."),
        ({"image": upload(b"<svg/>", name="a.svg")}, "This is an SVG drawing"),
        ({"alt": ""}, "This field is required."),
        ({"title": ""}, "This field is required."),
        ({"link": "https://example.com/"}, "This leads away from the shop."),
        ({"link": "/category/none/"}, "The shop has no page /category/none/."),
        ({"link": ""}, "Say where the link leads"),
        ({"link_label": ""}, "Give the link words"),
        (
            {
                "published_from_0": "2026-05-02",
                "published_from_1": "08:00",
                "published_until_0": "2026-05-01",
                "published_until_1": "08:00",
            },
            "The end must come after the beginning.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(
    admin_client: Client, wrong: dict[str, Any], told: str
) -> None:
    given = {"image": upload(), "alt": "Boots", "title": "Boots", "link": "/", "link_label": "See"}

    answer = admin_client.post(f"{ADD}?kind=hero", {"kind": "hero", **given, **wrong})

    assert answer.status_code == 200
    assert told in text_of(answer)
    assert not Block.objects.exists()
    assert not BlockPicture.objects.exists()


def test_a_picture_that_must_be_chosen_again_is_asked_for(admin_client: Client) -> None:
    given = {"kind": "hero", "alt": "Boots", "title": "", "image": upload()}

    with_picture = admin_client.post(f"{ADD}?kind=hero", given)
    without = admin_client.post(f"{ADD}?kind=hero", given | {"image": ""})

    assert "Choose the picture once more" in text_of(with_picture)
    assert "once more" not in text_of(without)


def test_an_end_before_the_beginning_is_told_at_the_end(admin_client: Client) -> None:
    block = BlockFactory(kind="collection", title="New")
    dates = {"published_from_0": "2026-05-02", "published_until_0": "2026-05-01"}
    times = {"published_from_1": "08:00", "published_until_1": "08:00"}

    answer = admin_client.post(
        f"/admin/editorial/block/{block.pk}/change/",
        {"title": "New", **dates, **times, **rows("picks")},
    )

    assert list(answer.context["adminform"].form.errors) == ["published_until"]


def test_a_kind_that_there_is_not_gets_the_choice_again(admin_client: Client) -> None:
    answer = admin_client.post(ADD, {"kind": "carousel", "title": "New"})

    assert "?kind=hero" in text_of(answer)


# --- Changing -----------------------------------------------------------------------------------


def test_a_look_goes_on_with_its_spots(admin_client: Client) -> None:
    answer = admin_client.post(
        f"{ADD}?kind=look",
        {"kind": "look", "image": upload(), "alt": "A hall", "title": "By the door"},
        follow=True,
    )

    page = text_of(answer)
    assert "Now place the spots on it." in page
    assert "data-spots" in page
    assert Block.objects.get().picture.image.url in page


def test_a_picture_stays_until_another_comes(admin_client: Client) -> None:
    block = BlockFactory(kind=Block.Kind.HERO, picture=True)
    picture = BlockPicture.objects.get()

    admin_client.post(change(block), {"title": "Other words", "alt": "Fields"})

    picture.refresh_from_db()
    assert picture.alt == "Fields"
    assert Block.objects.get().title == "Other words"
    former = picture.content_hash

    admin_client.post(
        change(block), {"title": "Other words", "alt": "Fields", "image": upload(), "kind": "look"}
    )

    picture.refresh_from_db()
    assert picture.content_hash != former
    assert Block.objects.get().kind == Block.Kind.HERO  # a block stays of its kind


def test_products_are_picked_and_ordered(admin_client: Client) -> None:
    boots, mug = ProductFactory(title="Boots"), ProductFactory(title="Mug")
    block = BlockFactory(kind=Block.Kind.COLLECTION)

    admin_client.post(
        change(block),
        {
            "title": "Picked",
            **rows(
                "picks",
                {"product": boots.pk, "position": 1},
                {"product": mug.pk, "position": 0},
            ),
        },
    )

    assert [pick.product for pick in block.picks.all()] == [mug, boots]


def test_a_product_twice_is_refused_with_words(admin_client: Client) -> None:
    boots = ProductFactory()
    block = BlockFactory(kind=Block.Kind.COLLECTION)

    answer = admin_client.post(
        change(block),
        {"title": "Picked", **rows("picks", *[{"product": boots.pk, "position": 0}] * 2)},
    )

    assert "correct the duplicate" in text_of(answer)
    assert not block.picks.exists()


def test_spots_are_given_in_per_cent(admin_client: Client) -> None:
    block = BlockFactory(picture=True)
    boots = ProductFactory()

    admin_client.post(
        change(block),
        {
            "title": "A look",
            "alt": "Fields",
            **rows(
                "spots",
                spot(x="12.5", width="87.5", product=boots.pk),
                spot(label="Hat", position=1),
            ),
        },
    )

    first, second = block.spots.all()
    assert first.box == (0.125, 0.2, 0.875, 0.4)
    assert (first.product, second.label) == (boots, "Hat")
    page = text_of(admin_client.get(change(block)))
    assert re.search(r'name="spots-0-x" value="12.50"', page)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"x": "80"}, "Left and width come to more than 100 %"),
        ({"y": "80"}, "Top and height come to more than 100 %"),
        ({"width": "1"}, "greater than or equal to 2"),
        ({"height": "101"}, "less than or equal to 100"),
        ({"x": "-1"}, "greater than or equal to 0"),
        ({"x": "NaN"}, "Enter a number."),
        ({"x": "sNaN"}, "Enter a number."),
        ({"label": ""}, "This field is required."),
    ],
)
def test_a_spot_beyond_the_picture_is_refused_with_words(
    admin_client: Client, wrong: dict[str, str], told: str
) -> None:
    block = BlockFactory(picture=True)

    answer = admin_client.post(
        change(block), {"title": "A look", "alt": "Fields", **rows("spots", spot(**wrong))}
    )

    assert told in text_of(answer)
    assert not Spot.objects.exists()


def test_behind_the_last_place_there_is_no_other(admin_client: Client) -> None:
    one = SpotFactory(position=2**15 - 1)
    known = {"id": one.pk, "block": one.block.pk, "position": one.position}

    answer = admin_client.post(
        change(one.block),
        {
            "title": "A look",
            "alt": "Fields",
            **rows("spots", spot(**known), spot(label="Hat", position=one.position), stored=1),
        },
    )

    assert answer.status_code == 302
    assert one.block.spots.count() == 2


def test_there_are_at_most_twelve_spots(admin_client: Client) -> None:
    block = BlockFactory(picture=True)
    many = [spot(label=f"Spot {number}") for number in range(13)]

    answer = admin_client.post(
        change(block), {"title": "A look", "alt": "Fields", **rows("spots", *many)}
    )

    assert "12" in text_of(answer)
    assert not Spot.objects.exists()


def test_what_nobody_touched_is_not_written(admin_client: Client) -> None:
    one = SpotFactory(x=Decimal("0.3333"), width=Decimal("0.3333"))
    page = text_of(admin_client.get(change(one.block)))
    shown = re.search(r'name="spots-0-x" value="([\d.]+)"', page)
    assert shown

    admin_client.post(
        change(one.block),
        {
            "title": "A look",
            "alt": "Two fields",
            **rows(
                "spots",
                spot(
                    id=one.pk,
                    block=one.block.pk,
                    label=one.label,
                    x=shown[1],
                    y="0",
                    width="33.33",
                    height="100",
                    position=one.position,
                ),
                stored=1,
            ),
        },
    )

    one.refresh_from_db()
    assert one.box == (0.3333, 0.0, 0.3333, 1.0)
    assert "Spot" not in LogEntry.objects.get().get_change_message()


# --- The list -----------------------------------------------------------------------------------


def test_the_list_is_in_order_and_can_be_sorted(admin_client: Client) -> None:
    second, first = BlockFactory(position=1, picture=True), BlockFactory(position=0)

    page = text_of(admin_client.get(LIST))
    assert page.index(first.title) < page.index(second.title)
    assert "Two fields" not in page  # the picture is seen, not read out

    admin_client.post(
        LIST,
        {
            "form-TOTAL_FORMS": 2,
            "form-INITIAL_FORMS": 2,
            "form-0-id": first.pk,
            "form-0-position": 5,
            "form-1-id": second.pk,
            "form-1-position": 4,
            "_save": "Save",
        },
    )

    assert list(Block.objects.all()) == [second, first]


def test_the_list_costs_the_same_however_many_there_are(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    BlockFactory(picture=True)
    with django_assert_max_num_queries(40) as few:
        admin_client.get(LIST)
    BlockFactory.create_batch(4, picture=True)
    with django_assert_max_num_queries(len(few)):
        admin_client.get(LIST)


def test_each_block_leads_to_where_it_is_seen(admin_client: Client) -> None:
    shown, hidden = BlockFactory(), BlockFactory(published=False)

    assert f'href="/#block-{shown.pk}"' in text_of(admin_client.get(change(shown)))
    assert f'href="/?block={hidden.pk}"' in text_of(admin_client.get(change(hidden)))


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (roles.OWNER, True),
        (roles.CATALOGUE, True),
        (roles.FULFILMENT, False),
        (roles.SUPPORT, False),
    ],
)
def test_owners_and_who_keeps_the_catalogue_may_compose(role: str, may: bool) -> None:
    roles.apply()
    staff = User.objects.create_user("ada", is_staff=True)
    staff.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(staff)

    assert (client.get(LIST).status_code == 200) is may
    assert (client.get(f"{ADD}?kind=hero").status_code == 200) is may


def test_deleting_is_remembered_in_the_log(admin_client: Client) -> None:
    block = SpotFactory().block

    admin_client.post(f"{LIST}{block.pk}/delete/", {"post": "yes"})

    assert not Block.objects.exists()
    assert LogEntry.objects.get().object_repr == block.title


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "editorial", check=True, dry_run=True, verbosity=0)
