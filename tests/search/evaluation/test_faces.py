"""`manage.py evaluate` on a small shop: every action prints a table, gives JSON, and repeats."""

from __future__ import annotations

import errno
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import cutoff
from search.evaluation.asking import Answer
from search.evaluation.combining import LEGS
from search.evaluation.faces import catalogue
from tests.search.evaluation.small_shop import open_small_shop


@pytest.fixture
def small_shop(db: None, vitrine_mini: object) -> None:
    open_small_shop()


def run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return out.getvalue()


def measured(*arguments: str | Path) -> dict[str, Any]:
    return dict(json.loads(run(*arguments, "--json")))


def test_judged_queries_are_asked_in_every_way(small_shop: None, tmp_path: Path) -> None:
    page = tmp_path / "report.html"

    report = measured("catalogue", "--by-rule", "--limit", "3", "--report", page)

    assert report["products"] == 15
    assert {"ours", "learned", "RRF", "DBSF", "averaged", *LEGS} <= set(report["ways"])
    for name in ("ndcg_at_10", "mrr", "r_at_10", "p_at_1"):
        low, high = report["intervals"][name]
        assert 0 <= low <= report[name] <= high <= 1
    # The same order, but that flat pictures of one colour tie.
    joined, added = (report["ways"][way]["ndcg_at_10"] for way in ("concatenated", "summed"))
    assert joined == pytest.approx(added, abs=0.1)
    assert report["best_leg"] in LEGS
    assert report["against_best_leg"]["verdict"] in ("ahead", "behind", "no difference")
    assert sum(kind["queries"] for kind in report["kinds"].values()) == report["queries"]
    assert len(report["by_query"]["ways"]["ours"]["mrr"]) == report["queries"]
    # The page stands alone.
    html = page.read_text()
    assert "manage.py evaluate catalogue --by-rule --limit 3 --seed 0" in html
    assert f"{report['ndcg_at_10']:.3f}" in html
    assert "http" not in html.replace("http-equiv", "")
    assert "<script" not in html


def test_the_same_seed_gives_the_same_figures(small_shop: None) -> None:
    arguments = ("catalogue", "--by-rule", "--limit", "2", "--seed", "7")

    assert measured(*arguments) == measured(*arguments)


def test_judgements_are_made_read_and_compared(small_shop: None, tmp_path: Path) -> None:
    judgements, first, second = (tmp_path / name for name in ("j.csv", "a.json", "b.json"))

    made = measured("judgements", "--output", judgements, "--limit", "2")
    for report in (first, second):
        report.write_text(run("catalogue", "--judgements", judgements, "--json"))

    assert made["queries"] == json.loads(first.read_text())["queries"]
    apart = measured("compare", first, second)
    assert apart["ndcg_at_10"] == {
        "difference": 0.0,
        "interval": [0.0, 0.0],
        "verdict": "no difference",
    }
    assert "no difference" in run("compare", first, second, "--way", "RRF")


def test_a_floor_that_is_missed_fails_after_the_figures_are_told(
    small_shop: None, tmp_path: Path
) -> None:
    judgements = tmp_path / "judgements.csv"
    # Nobody finds a lamp by "boots".
    judgements.write_text("query,product,grade\nboots,alder-lamp,3\n")
    out = StringIO()

    with pytest.raises(CommandError, match=r"below the floor of 0\.99"):
        call_command(
            "evaluate", "catalogue", "--judgements", str(judgements), "--floor", "0.99", stdout=out
        )

    assert "ours less the best leg" in out.getvalue()


def test_pictures_find_their_own_products(small_shop: None) -> None:
    report = measured("self", "--pictures", "4")

    assert report["pictures"] == 4
    assert set(report["changes"]["search"]) == {"crop", "rotate", "jpeg", "background"}
    # The shop is small enough to be searched exactly; only ties may fall otherwise.
    assert report["mrr"] == pytest.approx(report["exact"]["mrr"], abs=0.05)
    assert report["mrr"] > 0
    assert run("self", "--pictures", "2").count(" to ") == 10


def test_what_a_shopper_takes_for_granted_is_measured(small_shop: None) -> None:
    report = measured("behaviour", "--limit", "4")

    assert {"sku", "sku_prefix", "colour_of_kind", "colour_of_kind_by_looks", "photo_in_colour",
            "clean_ndcg", "typo_ndcg", "with", "without"} <= set(report)  # fmt: skip
    assert report["queries"]["sku"] == 4
    assert report["typo_kept"] <= 1.5
    assert "an exact SKU" in run("behaviour", "--limit", "1")


def test_nothing_close_is_counted_by_what_the_search_says(
    small_shop: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_ask = cutoff.ask

    def ask(words: str) -> Answer:
        answer = real_ask(words)
        return Answer(answer.results, nothing_close="boots" not in words)

    monkeypatch.setattr(cutoff, "ask", ask)

    report = measured("cutoff", "--limit", "3", "--gibberish", "5")

    assert report["gibberish_refused"] == report["elsewhere_refused"] == 1
    assert 0 < report["real_answered"] < 1
    assert report["wrong"]["gibberish"] == []
    assert all("boots" not in words for words in report["wrong"]["real"])
    assert report["queries"]["gibberish"] == 5
    for signal in report["signals"].values():
        assert 0 <= signal["area"] <= 1


@pytest.mark.parametrize(
    "arguments",
    [("catalogue", "--by-rule"), ("self",), ("cutoff",), ("behaviour",)],
)
def test_without_a_model_or_products_it_says_what_to_do(
    db: None, arguments: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    with pytest.raises(CommandError, match=r"No model is live: run `manage\.py model build`"):
        run(*arguments)

    request.getfixturevalue("vitrine_mini")
    with pytest.raises(CommandError, match="No product is on sale: import a catalogue first"):
        run(*arguments)


def test_bad_input_is_a_clear_error(small_shop: None, tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("query,product,grade\nboots,nothing,3\n")

    with pytest.raises(CommandError, match="line 2: no product with the handle or SKU “nothing”"):
        run("catalogue", "--judgements", judgements)
    with pytest.raises(CommandError, match="“0” is no number of at least 1"):
        run("self", "--pictures", "0")
    with pytest.raises(CommandError, match="one of the arguments --judgements --by-rule"):
        run("catalogue")
    with pytest.raises(CommandError, match="cannot be read as JSON"):
        run("compare", judgements, judgements)
    with pytest.raises(CommandError, match="cannot be read"):
        run("cutoff", "--elsewhere", tmp_path / "nowhere.txt")


def test_what_is_wrong_in_any_file_of_judgements_is_told_at_once(
    small_shop: None, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.csv", "b.csv")]
    for file in files:
        file.write_text("query,picture,product,grade\n,nowhere.jpg,alder-boots,3\n")

    for action in ("catalogue", "cutoff"):
        with pytest.raises(CommandError) as raised:
            run(action, "--judgements", *files)

        assert str(raised.value).count("line 2: ") == 2


@pytest.mark.parametrize(
    "arguments",
    [("catalogue", "--by-rule", "--report"), ("judgements", "--output")],
)
def test_a_file_that_cannot_be_written_is_told_before_anything_is_measured(
    db: None, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    # No model is live: measuring would say so.
    with pytest.raises(CommandError, match=r"x\.csv cannot be written: No such file or directory"):
        run(*arguments, tmp_path / "nowhere" / "x.csv")


def test_a_report_that_cannot_be_written_in_the_end_costs_no_figures(
    small_shop: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(catalogue, "write_report", full)
    out = StringIO()

    with pytest.raises(CommandError, match=r"report\.html cannot be written: No space left"):
        call_command(
            "evaluate", "catalogue", "--by-rule", "--limit", "1",
            "--report", str(tmp_path / "report.html"), stdout=out,
        )  # fmt: skip

    assert "ours less the best leg" in out.getvalue()


@pytest.mark.parametrize("floor", ["nan", "inf", "-0.1", "1.1", "high"])
def test_a_floor_that_could_not_fail_is_refused(db: None, floor: str) -> None:
    with pytest.raises(CommandError, match=f"“{floor}” is no number from 0 to 1"):
        run("catalogue", "--by-rule", f"--floor={floor}")


def test_one_query_is_too_few_to_be_ahead(small_shop: None, tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("query,product,grade\nAlder boots,alder-boots,3\n")

    told = run("catalogue", "--judgements", judgements)

    assert "(-1.000 to +1.000), too few queries to tell" in told
    assert "0.000 to 1.000" in told
    assert "ahead" not in told


def test_without_the_labs_own_requirements_it_says_how_to_install_them(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with pytest.raises(CommandError, match=r"pip install -r requirements-lab\.txt"):
        run("catalogue", "--by-rule")
