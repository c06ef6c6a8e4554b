"""`manage.py search`, `embeddings` and `model`."""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search.models import Embedding, EmbeddingModel
from search.words import lexicon
from tests.factories import CategoryFactory, ProductFactory, picture_bytes
from tests.search.vectors import make_model

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_search_prints_what_the_api_gives(client) -> None:
    ProductFactory(title="Red boots", images=1)

    found = json.loads(run("search", "boots", "--json"))

    answer = client.get("/api/v1/search/", {"q": "boots"}).json()
    assert found["results"][0].keys() == answer["results"][0].keys()
    assert found.keys() == answer.keys()
    assert found["results"][0]["title"] == "Red boots"


def test_search_is_sorted_where_it_is_asked_to() -> None:
    for price in (2, 3, 1):
        ProductFactory(title=f"Boots at {price}", variants=[{"price": price}])

    said = run("search", "boots", "--legs", "words", "--sort=-price")

    assert re.findall(r"Boots at (\d)", said) == ["3", "2", "1"]


def test_search_explains_itself() -> None:
    ProductFactory(title="Red boots", brand="Acme", attributes={"material": "Leather"})
    ProductFactory(title="Blue boots", brand="Acme")
    asked = ["search", "boots", "--brand", "Acme", "--attribute", "material", "leather"]

    printed = run(*asked, "--explain")
    explained = json.loads(run(*asked, "--explain", "--json"))

    assert "1 product, page 1 of 1" in printed
    assert "“boots” in title" in printed
    assert "words  full-text" in printed
    assert explained["explain"]["ways"] == {"words": "full-text"}


def test_an_explanation_says_what_a_word_was_found_as() -> None:
    ProductFactory(title="Red boots")
    lexicon.update()

    assert "“botos”, found as “boots”, in title" in run("search", "red botos", "--explain")


def test_an_attribute_narrows_whatever_its_other_name() -> None:
    for color in ("Red", "Blue"):
        ProductFactory(title=f"{color} boots", variants=[{"options": {"color": color}}])

    by_attribute = run("search", "boots", "--attribute", "color", "red")
    twice = run("search", "boots", "--color", "red", "--attribute", "color", "red")

    assert by_attribute == twice
    assert "1 product, page 1 of 1" in by_attribute
    assert "Red boots" in by_attribute


def test_words_that_begin_with_a_dash_stand_behind_two() -> None:
    ProductFactory(title="Blue boots")

    assert "Blue boots" in run("search", "--in-stock", "--", "-red boots")


@pytest.mark.parametrize("words", [["-red"], ["-velvet"], ["red", "boots"]])
def test_words_that_are_no_argument_get_a_hint(words: list[str]) -> None:
    with pytest.raises(CommandError, match='behind -- where they begin with "-"'):
        run("search", *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--category", "boot"], "category: There is no category “boot”. Did you mean “boots”?"),
        (["--category", "Xyz"], "category: There is no category “Xyz”. Choose boots."),
        (["--brand", "ACMEE"], "brand: There is no brand “ACMEE”. Did you mean “Acme”?"),
        (["--color", "redd"], "color: There is no color “redd”. Did you mean “red”?"),
        (["--like", "red-boot"], "like: There is no product “red-boot”. Did you mean “red-boots”?"),
        (["--more", "red-boots,xx"], "more: There is no product “xx”."),
        (["--attribute", "colour", "red"], "no attribute “colour”. Did you mean “color”?"),
        (["--attribute", "q", "mugs"], "no attribute “q”. Choose color, size or material."),
        (["--attribute", "material", "lether"], "“lether”. Did you mean “leather”?"),
        (["--attribute", "color", "red", "--color", "blue"], "both “blue” and “red”: say one"),
        (["--crop", "0,0,.5,.5"], "crop: A part is of a photo, so name one with --image"),
    ],
)
def test_unknown_names_say_what_there_is(arguments: list[str], words: str) -> None:
    ProductFactory(
        title="Red boots",
        slug="red-boots",
        brand="Acme",
        category=CategoryFactory(name="Boots"),
        attributes={"material": "Leather"},
        variants=[{"options": {"color": "Red"}}, {"options": {"color": "Blue"}}],
    )

    with pytest.raises(CommandError, match=re.escape(words)):
        run("search", "boots", *arguments)


def test_search_by_picture(vitrine_mini: EmbeddingModel, tmp_path: Path) -> None:
    ProductFactory(title="Red boots", images=1)
    (tmp_path / "photo.jpg").write_bytes(picture_bytes())

    assert "Red boots" in run("search", "--image", str(tmp_path / "photo.jpg"))


def test_search_says_what_a_photo_shows(vitrine_mini: EmbeddingModel, tmp_path: Path) -> None:
    ProductFactory(title="Red boots", images=1)
    file = tmp_path / "photo.jpg"
    file.write_bytes(picture_bytes((96, 96), color="#c8232c"))

    assert "seen in it: red 100%" in run("search", "--image", str(file), "--describe")
    told = json.loads(run("search", "--image", str(file), "--describe", "--json"))
    assert told["photo"]["colors"][0]["name"] == "red"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Say what you look for"),
        (["x" * 10_000], "q: Use at most 500 characters"),
        (["x", "--category", "nowhere"], "category: There is no category"),
        (["x", "--price-min", "-1"], "price-min: A price cannot be below zero"),
        (
            ["x", "--picture-color", "reddish"],
            "picture-color: There is no colour “reddish”. Choose",
        ),
        (["x", "--page", "1000000000"], "page: Pages go from 1 to 42"),
        (["--image", "no-such-file.jpg"], "no-such-file.jpg cannot be read: No such file"),
        (["--image", __file__], "image: This is"),
        (["x", "--crop", "1,2"], "crop: A part of the photo is"),
    ],
)
def test_bad_arguments_say_what_is_wrong(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run("search", *arguments)


def test_embeddings_status_is_numbers() -> None:
    make_model()
    ProductFactory(images=1)

    assert json.loads(run("embeddings", "status", "--json")) == {
        "pending": 2,
        "running": 0,
        "done": 0,
        "failed": 0,
        "rate": 0,
        "seconds_left": None,
    }


def test_embeddings_status_tells_rate_and_time_left() -> None:
    make_model()
    for _ in range(7):
        ProductFactory()
    for position, row in enumerate(Embedding.objects.all()[:3]):
        Embedding.objects.filter(pk=row.pk).update(
            status="done", vector=[1], updated_at=timezone.now() - timedelta(seconds=20 - position)
        )

    assert "pending: 4  running: 0  done: 3  failed: 0  0.1 a second, 0:00:4" in run(
        "embeddings", "status"
    )


def test_embeddings_status_is_watched_until_nothing_is_pending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_model()
    ProductFactory(images=1)

    def fail_one(seconds: float) -> None:
        row = Embedding.objects.filter(status="pending").first()
        Embedding.objects.filter(pk=row.pk).update(status="failed", error="Broken.")

    monkeypatch.setattr("time.sleep", fail_one)

    assert run("embeddings", "status", "--watch").splitlines() == [
        "pending: 2  running: 0  done: 0  failed: 0  none done in the last 60 seconds",
        "pending: 1  running: 0  done: 0  failed: 1  none done in the last 60 seconds",
        "pending: 0  running: 0  done: 0  failed: 2",
        "  2 failed: Broken.",
    ]


def test_a_terminal_shows_the_watched_status_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    make_model()
    ProductFactory()
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("time.sleep", lambda _: Embedding.objects.update(status="failed"))

    call_command("embeddings", "status", "--watch", stdout=terminal)

    watched, _, last = terminal.getvalue().rpartition("\r")
    assert watched.startswith("\rpending: 1")
    assert "\n" not in watched
    assert last.startswith("pending: 0  running: 0  done: 0  failed: 1\n")


def test_embeddings_status_says_why_something_failed() -> None:
    make_model()
    ProductFactory()
    Embedding.objects.update(status="failed", error="The file is gone.")

    assert "1 failed: The file is gone." in run("embeddings", "status")


def test_sweep_now_embeds_here(vitrine_mini: EmbeddingModel) -> None:
    ProductFactory(images=1)

    run("embeddings", "sweep", "--now")

    assert set(Embedding.objects.values_list("status", flat=True)) == {"done"}


def test_retry_gives_failures_new_attempts() -> None:
    make_model()
    ProductFactory()
    Embedding.objects.update(status="failed", attempts=3)

    assert json.loads(run("embeddings", "retry", "--json")) == {"retried": 1}
    assert Embedding.objects.get().status == "pending"


def test_building_the_first_model_makes_it_live_and_again_changes_nothing() -> None:
    first = json.loads(run("model", "build", "vitrine-mini", "--json"))
    again = json.loads(run("model", "build", "vitrine-mini", "--json"))

    assert first == again == {"name": "vitrine-mini", "state": "live"}
    assert EmbeddingModel.objects.count() == 1


def test_a_second_model_is_built_beside_the_live_one_and_activated_when_done() -> None:
    live = make_model()
    ProductFactory()
    assert "is being built" in run("model", "build", "vitrine-mini")
    with pytest.raises(CommandError, match="1 embeddings of vitrine-mini are not done"):
        run("embeddings", "sweep"), run("model", "activate", "vitrine-mini")
    EmbeddingModel.objects.filter(pk=live.pk).update(state="retired")
    run("embeddings", "sweep", "--now")

    run("model", "activate", "vitrine-mini")

    assert EmbeddingModel.objects.live().name == "vitrine-mini"
    assert "retired   by-hand" in run("model", "list")


def test_an_unknown_model_is_an_error_that_lists_the_presets() -> None:
    with pytest.raises(CommandError, match="vitrine-mini"):
        run("model", "build", "no such model")
