"""Texts to token ids as open_clip's tokenizers do, without open_clip (importing it imports torch).

The vocabulary and its merges are `tokenizer.json`, in the `tokenizers` library's own format. The
cleaning before it is done here, because that format cannot say it: ftfy repairs mojibake, HTML
entities are unescaped twice, white space collapses. So is the splitting into words: the library's
regular expressions know an older Unicode than open_clip's, and would split letters that were
added since. Tests hold the ids equal to open_clip's for any text.
"""

import html
import itertools
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ftfy
import numpy as np
import numpy.typing as npt
import regex  # type: ignore[import-untyped]
from tokenizers import Tokenizer

_PUNCTUATION = str.maketrans("", "", string.punctuation)


def clean(text: str, kind: str) -> str:
    """A text as the model was trained to see it.

    `kind`: "whitespace", "lower" or "canonicalize" (lower case, no ASCII punctuation; from
    SigLIP). All three repair the encoding, unescape HTML and collapse white space.
    """
    text = html.unescape(html.unescape(ftfy.fix_text(text)))
    if kind == "canonicalize":
        text = text.replace("_", " ").translate(_PUNCTUATION).lower()
    text = " ".join(text.split())
    return text.lower() if kind == "lower" else text


class TextTokenizer:
    """Token ids of one model.

    `config` is the manifest's: `kind` ("simple" for CLIP's own vocabulary, "hf" for a Hugging
    Face tokenizer), `clean`, `context_length`, and for "simple" the word `pattern` and the ids
    `start` and `end`, for "hf" the id `blank` that is replaced by 0, or null.
    """

    def __init__(self, file: Path, config: Mapping[str, Any]) -> None:
        self.context_length = int(config["context_length"])
        self._tokenizer = Tokenizer.from_file(str(file))
        self._clean = str(config["clean"])
        self._simple = config["kind"] == "simple"
        if self._simple:
            self._words = regex.compile(config["pattern"], regex.IGNORECASE)
            self._start, self._end = int(config["start"]), int(config["end"])
        else:
            self._blank = config["blank"]
        self._ends = self._length("")

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.int64]:
        """(n, context_length) int64, cut or padded to that length."""
        ids = np.zeros((len(texts), self.context_length), dtype=np.int64)
        for row, text in zip(ids, texts, strict=True):
            tokens = self._encode(clean(text, self._clean))
            row[: len(tokens)] = tokens
        return ids

    def count(self, text: str) -> int:
        """How many tokens a text is, cut to the context, without those that begin and end it."""
        return self._length(clean(text, self._clean)) - self._ends

    def _length(self, text: str) -> int:
        """How many ids a text is, without those that pad it."""
        if self._simple:
            return len(self._encode(text))
        return sum(self._tokenizer.encode(text).attention_mask)

    def _encode(self, text: str) -> list[int]:
        if not self._simple:
            tokens: list[int] = self._tokenizer.encode(text).ids
            if self._blank is not None:
                tokens = [0 if token == self._blank else token for token in tokens]
            return tokens
        # Each word is at least one token, so more words than the context never count.
        found = itertools.islice(self._words.finditer(text), self.context_length)
        words = [match.group() for match in found]
        tokens = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False).ids
        return [self._start, *tokens[: self.context_length - 2], self._end]
