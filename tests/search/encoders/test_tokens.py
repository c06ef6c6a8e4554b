"""The exported tokenizer gives open_clip's ids for any text."""

import html
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.encoders.tokens import TextTokenizer, clean
from search.encoders.torch_clip import import_open_clip
from search.encoders.towers import export_tokenizer

known = import_open_clip().tokenizer
CLEANINGS = ["lower", "whitespace", "canonicalize"]

PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "&amp;", "&amp;lt;b&amp;gt;", "&#x1F462;", "&eacute;", "&#0;", "&#xD800;", "&nope;",
            "<end_of_text>", "<start_of_text>", "<END_OF_TEXT>", "it's", "WE'LL", "'ſ",
            "\x00", "\x1b[31m", "\u200b", "\u00a0", "\u3000", "\r\n", "\ufeff", "\ufffd",
            "\U0001f469\u200d\U0001f469\u200d\U0001f467", "e\u0301", "Ａ", "ǅ", "İ", "ß", "K",
            "caf\u00c3\u00a9", "schÃ¶n", "“quoted”", "3½", "100%", "--", "_", "日本語", "ไทย",
        ]
    ),
)  # fmt: skip
ANY_TEXT = st.lists(PIECES, max_size=12).map("".join)


@pytest.fixture(scope="module", params=CLEANINGS)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[TextTokenizer, "known.SimpleTokenizer"]:
    original = known.SimpleTokenizer(context_length=20, clean=request.param)
    encoder = SimpleNamespace(tokenizer=original, open_clip=import_open_clip(), reference="tiny")
    file = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    config = export_tokenizer(encoder, ["red boots"], file)
    return TextTokenizer(file, config), original


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(ANY_TEXT, max_size=3))
@example(texts=["", " ", "a", "red boots"])
@example(texts=["word " * 3_000, "x" * 10_000, "né" * 500, "1" * 500])
@example(texts=["a <end_of_text> b", ".<end_of_text>", "<START_OF_TEXT>"])
# Letters that Unicode got after the tokenizers library's regular expressions were written.
@example(texts=["\U0001e4d0\U0001e4d1 \U00010d4a", "\u1c89\ua7cb"])
def test_ids_are_those_of_open_clip(
    both: tuple[TextTokenizer, "known.SimpleTokenizer"], texts: list[str]
) -> None:
    ours, original = both

    ids = ours(texts)

    assert ids.dtype == np.int64
    np.testing.assert_array_equal(ids, original(texts).numpy())


@pytest.mark.parametrize("kind", CLEANINGS)
@settings(max_examples=200, deadline=None)
@given(text=ANY_TEXT)
def test_cleaning_is_that_of_open_clip(kind: str, text: str) -> None:
    assert clean(text, kind) == known.get_clean_fn(kind)(text)


@settings(max_examples=200, deadline=None)
@given(text=ANY_TEXT)
@example(text="")
@example(text="word " * 3_000)
def test_a_text_is_as_many_tokens_as_open_clip_makes_of_it_up_to_the_context(
    both: tuple[TextTokenizer, "known.SimpleTokenizer"], text: str
) -> None:
    ours, original = both

    assert ours.count(text) == min(len(original.encode(text)), original.context_length - 2)


def test_half_a_surrogate_pair_is_a_text_too(
    both: tuple[TextTokenizer, "known.SimpleTokenizer"],
) -> None:
    # given what an API takes from the JSON string "red \ud83d boots"
    ids = both[0](["red \ud83d boots", f"red {html.unescape('&#xFFFD;')} boots"])

    np.testing.assert_array_equal(ids[0], ids[1])


def test_a_tokenizer_that_would_differ_is_refused(tmp_path: Path) -> None:
    # given one that cuts texts at random places
    import_open_clip()
    original = known.SimpleTokenizer(context_length=8, reduction_mask="shuffle")
    encoder = SimpleNamespace(tokenizer=original, open_clip=import_open_clip(), reference="odd")

    with pytest.raises(Exception, match="cannot be exported") as raised:
        export_tokenizer(encoder, ["one two three four five six " * 9], tmp_path / "t.json")

    assert type(raised.value).__name__ == "EncoderUnavailable"


@pytest.fixture
def hugging_face(tmp_path: Path) -> Path:
    """A tokenizer.json as the exporter leaves it: four ids a text, 1 pads, 2 separates."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "[SEP]": 2, "red": 3}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A [SEP]", special_tokens=[("[SEP]", 2)]
    )
    tokenizer.enable_truncation(4)
    tokenizer.enable_padding(length=4, pad_id=1, pad_token="[PAD]")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return tmp_path / "tokenizer.json"


HUGGING_FACE = {"kind": "hf", "clean": "canonicalize", "context_length": 4, "blank": None}


def test_a_hugging_face_tokenizer_is_cut_padded_and_blanked(hugging_face: Path) -> None:
    plain = TextTokenizer(hugging_face, HUGGING_FACE)
    blanked = TextTokenizer(hugging_face, HUGGING_FACE | {"blank": 2})

    assert plain(["Red!", "red red red red red"]).tolist() == [[3, 2, 1, 1], [3, 3, 3, 2]]
    assert blanked(["Red!"]).tolist() == [[3, 0, 1, 1]]


@pytest.mark.parametrize("blank", [None, 1, 2])
def test_what_pads_and_separates_is_no_token_of_a_text(
    hugging_face: Path, blank: int | None
) -> None:
    tokenizer = TextTokenizer(hugging_face, HUGGING_FACE | {"blank": blank})

    assert [tokenizer.count(text) for text in ("", "Red!", "red red", "red red red red red")] == [
        0, 1, 2, 3,
    ]  # fmt: skip
