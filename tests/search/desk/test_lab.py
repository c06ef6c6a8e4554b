"""What was judged, measured: figures, going on, files."""

from __future__ import annotations

import json
import random
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from search.desk import judging, lab
from search.desk.lab import NothingJudged, ndcg
from search.evaluation.catalogue import read_catalogue
from search.evaluation.comparing import Verdict
from search.evaluation.judgements import JudgedQuery, read_judgements
from search.models import JudgedSearch, Judgement, LabRun
from search.query import DEFAULT_WEIGHTS, Leg, QueryKind
from shop.catalog.images import take_in
from shop.catalog.models import Product
from tests.factories import ProductFactory, picture_bytes
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db

TEXT_ALONE = {Leg.IMAGE: 0.0, Leg.TEXT: 1.0, Leg.KIND: 0.0}


@pytest.fixture
def owner() -> Any:
    return get_user_model().objects.create_superuser("owner", "o@example.com", "x")


def likes(count: int, owner: Any) -> list[Product]:
    """Products of which each has one that looks like it, and one that says the same, which is
    right; six at most."""
    model = make_model()
    asked = []
    for n in range(count):
        own, other = np.eye(8, dtype=np.float32)[[n, 7]]
        product, right, wrong = (ProductFactory(images=1) for _ in range(3))
        for one, looks, says in (
            (product, own, own),
            (right, other, own),
            (wrong, own, unit(*(0.3 * own + other))),
        ):
            embed_image(one.images.get(), model, looks)
            embed_text(one, model, says)
        searched = judging.known_search(words="", like=product)
        judging.judge(search=searched, product=right, grade=3, by=owner)
        asked.append(product)
    return asked


def test_ndcg_is_that_of_trec_eval() -> None:
    pytest.importorskip("ir_measures")
    from search.evaluation import graded

    chance = random.Random(1)
    for _ in range(20):
        keys = list(range(30))
        grades = {key: chance.randrange(4) for key in keys if chance.random() < 0.5} | {0: 2}
        ranking = chance.sample(keys, 15)
        query = JudgedQuery("q", {str(key): grade for key, grade in grades.items() if grade})
        theirs = graded.measure([query], [[str(key) for key in ranking]])["ndcg_at_10"][0]

        assert ndcg(grades, ranking) == pytest.approx(theirs, abs=1e-6)


def test_a_better_setting_is_called_better(owner: Any) -> None:
    likes(6, owner)
    run = lab.start(kind=QueryKind.LIKE, tried=TEXT_ALONE, by=owner)

    assert lab.advance(run, seconds=60)

    said = lab.outcome(run)
    assert said.difference is not None
    assert said.difference.verdict == Verdict.AHEAD
    assert said.tried > said.present
    assert len(said.better) == 6
    assert (said.worse, said.same, said.is_few, said.is_too_few) == ([], 0, True, False)


def test_a_few_searches_are_said_to_be_too_few(owner: Any) -> None:
    likes(2, owner)
    run = lab.start(kind=QueryKind.LIKE, tried=TEXT_ALONE, by=owner)
    lab.advance(run, seconds=60)

    said = lab.outcome(run)

    assert said.is_too_few
    assert said.difference is not None
    assert said.difference.verdict == Verdict.TOO_FEW


def test_a_run_goes_on_where_it_was_cut_off(owner: Any) -> None:
    asked = likes(3, owner)
    run = lab.start(kind=QueryKind.LIKE, tried=TEXT_ALONE, by=owner)
    assert not lab.advance(run, seconds=0)
    assert run.done == 1
    Product.objects.filter(pk=asked[1].pk).delete()

    assert not lab.advance_next(seconds=60)

    run = LabRun.objects.get()
    assert (run.done, run.total) == (3, 3)
    assert len(lab.outcome(run).lines) == 2
    assert not lab.advance_next(seconds=60)


def test_the_same_comparison_is_begun_once(owner: Any) -> None:
    likes(1, owner)

    one, other = (lab.start(kind=QueryKind.LIKE, tried=TEXT_ALONE, by=owner) for _ in range(2))

    assert one == other


def test_without_judgements_it_says_what_to_do(owner: Any) -> None:
    with pytest.raises(NothingJudged, match="judged"):
        lab.start(kind=QueryKind.WORDS, tried=DEFAULT_WEIGHTS, by=owner)


def test_a_search_with_nothing_right_measures_nothing(owner: Any) -> None:
    searched = judging.known_search(words="boots")
    judging.judge(search=searched, product=ProductFactory(), grade=1, by=owner)

    assert not judging.of_kind(QueryKind.WORDS).exists()


def test_judgements_are_changed_and_taken_back(owner: Any) -> None:
    product = ProductFactory()
    searched = judging.known_search(words="Red  BOOTS")
    judging.judge(search=searched, product=product, grade=1, by=owner)
    judging.judge(search=searched, product=product, grade=3, by=owner)

    assert searched.words == "red boots"
    assert judging.grades(searched) == {product.pk: 3}
    judging.judge(search=searched, product=product, grade=None, by=owner)
    assert judging.grades(searched) == {}


def test_files_go_out_to_the_lab_and_come_back(owner: Any, tmp_path: Path) -> None:
    boots, mug = ProductFactory(title="Boots"), ProductFactory(title="Mug")
    words = judging.known_search(words="red boots")
    photo = judging.keep_photo(photo=take_in(picture_bytes()))
    like = judging.known_search(words="", like=mug)
    for searched, product, grade in ((words, boots, 3), (words, mug, 1), (photo, mug, 2)):
        judging.judge(search=searched, product=product, grade=grade, by=owner)
    judging.judge(search=like, product=boots, grade=2, by=owner)
    file = tmp_path / "judged.csv"
    out = StringIO()

    call_command("desk", "export", str(file), "--json", stdout=out)

    assert json.loads(out.getvalue()) == {"queries": 2, "judgements": 3, "left_out": 1}
    read = read_judgements(file, read_catalogue())
    assert read[0].grades == {boots.slug: 3, mug.slug: 1}
    assert read[1].form == "photo"

    JudgedSearch.objects.all().delete()
    call_command("desk", "import", str(file), stdout=StringIO())

    assert sorted(Judgement.objects.values_list("query__words", "grade")) == [
        ("", 2),
        ("red boots", 1),
        ("red boots", 3),
    ]
