"""Judgements are read strictly, and written as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.catalogue import Catalogue
from search.evaluation.judgements import (
    JudgedQuery,
    UnusableJudgements,
    read_judgements,
    write_judgements,
)
from search.intent import understand
from tests.search.evaluation.items import item

SHOP = Catalogue([item("red-boots", skus=["BOO-1", "BOO-2"]), item("mug"), item("hat")])
HEADING = "query,picture,product,grade,kind\n"


def written(folder: Path, text: str, name: str = "judgements.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_of_one_query_are_gathered_wherever_they_stand(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        HEADING
        + "red boots,,red-boots,3,shoes\nmug,,mug,2,\nred  boots,,mug,1,shoes\nmug,,hat,0,\n",
    )

    boots, mug = read_judgements(path, SHOP)

    assert boots == JudgedQuery("red boots", {"red-boots": 3, "mug": 1}, "", "shoes", tmp_path)
    assert (mug.words, mug.grades) == ("mug", {"mug": 2})


def test_a_product_may_be_named_by_a_sku(tmp_path: Path) -> None:
    (query,) = read_judgements(written(tmp_path, HEADING + "boots,,BOO-2,3,\n"), SHOP)

    assert query.grades == {"red-boots": 3}


def test_a_product_may_be_named_in_any_case(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING + "boots,,boo-2,3,\nmug,,MUG,3,\n")

    boots, mug = read_judgements(path, SHOP)

    assert (boots.grades, mug.grades) == ({"red-boots": 3}, {"mug": 3})


def test_a_name_that_is_several_products_in_another_case_is_refused(tmp_path: Path) -> None:
    shop = Catalogue([item("cup", skus=["Ab-1"]), item("jug", skus=["aB-1"])])

    (exact,) = read_judgements(written(tmp_path, HEADING + "jug,,aB-1,3,\n"), shop)

    assert exact.grades == {"jug": 3}
    with pytest.raises(UnusableJudgements, match="line 2: “AB-1” may be “cup” or “jug”: write"):
        read_judgements(written(tmp_path, HEADING + "jug,,AB-1,3,\n"), shop)


def test_optional_columns_may_be_left_out_and_tabs_separate_a_tsv(tmp_path: Path) -> None:
    path = written(tmp_path, "product\tgrade\tquery\nmug\t3\ta mug, blue\n", "judgements.tsv")

    (query,) = read_judgements(path, SHOP)

    assert (query.words, query.picture, query.kind, query.form) == ("a mug, blue", "", "", "words")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (",,mug,3,", "line 3: a query needs words or a picture"),
        ("cup,,cup,3,", "line 3: no product with the handle or SKU “cup” is on sale"),
        ("cup,,,3,", "line 3: no product is named"),
        ("cup,,mug,4,", "line 3: a grade is 0, 1, 2 or 3, not “4”"),
        ("cup,,mug,good,", "line 3: a grade is 0, 1, 2 or 3, not “good”"),
        ("mug,,mug,2,", "line 3: “mug” is graded for this query in line 2 already"),
        ("mug,,hat,1,other", "line 3: the kind of this query is “” in line 2, and “other” here"),
        ("cup,,mug,1,", "line 3: “cup” has no product with grade 2 or 3"),
        ("cup,mug,3", "line 3: 3 cells under 5 headings"),
        ("a\0b,,mug,3,", "line 3: “a\0b” is no query: Null characters are not allowed"),
        (f"{'a' * 501},,mug,3,", "line 3: “a{60}…” is no query: Use at most 500 characters"),
        (",nowhere.jpg,mug,3,", r"line 3: .*nowhere\.jpg cannot be read: No such file"),
        (",judgements.csv,mug,3,", r"line 3: .*judgements\.csv: This is a text file"),
        (",catalogue:mug/1?crop=1,mug,3,", "line 3: .*the product “mug” has no picture 1"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(tmp_path: Path, row: str, error: str) -> None:
    path = written(tmp_path, HEADING + "mug,,mug,3,\n" + row + "\n")

    with pytest.raises(UnusableJudgements, match=error):
        read_judgements(path, SHOP)


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("judgements.txt", HEADING, r"judgements are a \.csv or a \.tsv"),
        ("judgements.csv", "query,grade\n", "line 1: the heading lacks “product”"),
        ("judgements.csv", "query,product,grade,score\n", "unknown or twice"),
        ("judgements.csv", HEADING, "no rows below the heading"),
        ("judgements.csv", 'query,product,grade\n"mug,mug,3\n', "line 2"),
    ],
)
def test_a_file_of_another_form_is_refused(
    tmp_path: Path, name: str, text: str, error: str
) -> None:
    with pytest.raises(UnusableJudgements, match=error):
        read_judgements(written(tmp_path, text, name), SHOP)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableJudgements, match=r"nowhere\.csv cannot be read: No such file"):
        read_judgements(tmp_path / "nowhere.csv", SHOP)


def test_all_that_is_wrong_is_told_at_once_and_of_a_query_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        HEADING + ",a.jpg,mug,3,\n,a.jpg,hat,2,\nx\0,b.jpg,mug,3,\ncup,,cup,3,\nx,b.jpg,mug,3,\n",
    )

    with pytest.raises(UnusableJudgements) as raised:
        read_judgements(path, SHOP)

    told = [line.split(":")[0].strip() for line in str(raised.value).splitlines()[1:]]
    assert told == ["line 2", "line 4", "line 4", "line 5"]


def test_a_long_list_of_errors_is_cut_short(tmp_path: Path) -> None:
    path = written(tmp_path, HEADING + "cup,,cup,3,\n" * 12)

    with pytest.raises(UnusableJudgements, match=r"\.\.\. and 2 more"):
        read_judgements(path, SHOP)


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))).map(
    lambda text: " ".join(text.split())
)


@given(
    st.dictionaries(
        words.filter(lambda text: understand(text).wanted),  # "without boots" is no search
        st.dictionaries(st.sampled_from(["red-boots", "mug"]), st.integers(1, 3), min_size=1),
        min_size=1,
    ),
    st.sampled_from(["judgements.csv", "judgements.tsv"]),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, given: dict[str, dict[str, int]], name: str
) -> None:
    folder = tmp_path_factory.mktemp("judgements")
    queries = [
        JudgedQuery(words, grades | {"hat": 3}, kind="any", folder=folder)
        for words, grades in given.items()
    ]

    write_judgements(folder / name, queries)

    assert read_judgements(folder / name, SHOP) == queries
