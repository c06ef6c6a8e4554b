"""Every word of the shop's texts, and how many products have it.

Two tables, made anew in the background when texts have changed: stems, whose counts say what a word
is worth (a rare one says more), and words as they are written, among which a mistyped one is looked
for. A word is found by what is left of it, and of the mistyped one, without one of their letters
(the symmetric deletes of Garbe's SymSpell, 2012), and judged by the optimal string alignment
distance: inserted, left out, changed or two swapped letters.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.core.cache import cache
from django.db import connection, transaction
from rapidfuzz.distance import OSA

from search.models import Stem, Word

# Of a longer word nobody remembers each letter; of a shorter one any other word is near.
ONE_MISTAKE, TWO_MISTAKES = 4, 8  # letters
LONGEST = 60
# The beginning of a word has so many letters: fewer begin too many others.
SHORTEST_BEGINNING = 3
# Products with a word that came since words were counted are counted so far.
UNCOUNTED = 100
# How many words are compared letter by letter; and how many beginnings.
COMPARED = 400
BEGUN = 2_000
# After so large a share of the documents has been written, or so many seconds after any has.
CHANGED_SHARE = 0.02
REFRESH_SECONDS = 3600
# Raise the number with the columns: what an older version counted lacks some.
_STATE = "search.lexicon:2"


def update() -> int:
    """Count all words anew, and how many there are. Seconds for a hundred thousand products."""
    written = _written()
    with transaction.atomic(), connection.cursor() as cursor:
        # One at a time; searches read on.
        cursor.execute("LOCK TABLE search_word, search_stem IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            """
            CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS
            SELECT word AS stem, ndoc AS products, word IN (
                       SELECT unnest(tsvector_to_array(search_words(name))) FROM catalog_category
                   ) AS kind
              FROM ts_stat('SELECT words FROM search_document') WHERE octet_length(word) <= 255
            """
        )
        _replace(cursor, "search_stem", "stem", "products", "kind")
        cursor.execute("DROP TABLE fresh")
        # Words with letters alone: of a number, every neighbour is another number.
        cursor.execute(
            """
            CREATE TEMPORARY TABLE fresh ON COMMIT DROP AS
            WITH titles AS (
                SELECT word, ndoc FROM ts_stat($$
                    SELECT to_tsvector('simple', lower(concat_ws(' ', title, brand)))
                      FROM search_document JOIN catalog_product product ON product.id = product_id
                $$)
            ),
            names AS (
                SELECT unnest(tsvector_to_array(to_tsvector('simple', lower(name)))) AS word
                  FROM catalog_category
                UNION SELECT unnest(tsvector_to_array(to_tsvector('simple', lower(value))))
                        FROM catalog_attributevalue
            ),
            said AS (
                SELECT word FROM ts_stat($$
                    SELECT to_tsvector('simple', lower(left(product.description, 50000)))
                      FROM search_document JOIN catalog_product product ON product.id = product_id
                $$)
                UNION SELECT word FROM titles UNION SELECT word FROM names
            )
            SELECT word, products::int, array_append(ARRAY(
                       SELECT DISTINCT left(word, n - 1) || substr(word, n + 1)
                         FROM generate_series(1, length(word)) n
                   ), word) AS near,
                   greatest(ndoc, CASE WHEN names.word IS NULL THEN 0 ELSE products END)::int
                       AS named
              FROM said LEFT JOIN titles USING (word) LEFT JOIN names USING (word)
             CROSS JOIN LATERAL (
                 SELECT min(products) AS products
                   FROM unnest(tsvector_to_array(search_words(word))) one (stem)
                   JOIN search_stem USING (stem)
             ) counted
             WHERE word ~ '^[[:alpha:]]+$' AND length(word) BETWEEN %s AND %s AND products > 0
            """,
            [ONE_MISTAKE - 1, LONGEST],
        )
        _replace(cursor, "search_word", "word", "products", "near", "named")
        cursor.execute("DROP TABLE fresh")
        cursor.execute("SELECT count(*) FROM search_word")
        count = int(cursor.fetchone()[0])
    cache.set(_STATE, written, REFRESH_SECONDS)
    return count


def due() -> bool:
    """Whether texts have changed so much, or so long ago, that words are to be counted anew."""
    counted = cache.get(_STATE)
    written = _written()
    if counted is None or written < counted:  # long ago; or statistics began anew
        return bool(written) or not Stem.objects.exists()
    if written == counted:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_document")
        documents = int(cursor.fetchone()[0])
    return written - int(counted) > CHANGED_SHARE * documents


class Counted(NamedTuple):
    """How many products have a stem; and whether it is of a category's name, so says what it is."""

    products: int
    kind: bool


def frequencies(stems: Collection[str]) -> dict[str, Counted]:
    """What is known of each stem; those that no product has are left out.

    What was not counted yet is looked up, as far as `UNCOUNTED`.
    """
    rows = Stem.objects.filter(stem__in=stems).values_list("stem", "products", "kind")
    counts = {stem: Counted(products, kind) for stem, products, kind in rows}
    uncounted = [stem for stem in stems if stem not in counts]
    if uncounted:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT stem, found.products, EXISTS (
                           SELECT FROM catalog_category WHERE search_words(name) @@ query
                       )
                  FROM unnest(%s::text[]) stem
                 CROSS JOIN LATERAL (
                     SELECT array_to_tsvector(ARRAY[stem])::text::tsquery AS query
                 ) asked
                 CROSS JOIN LATERAL (
                     SELECT count(*) AS products FROM (
                         SELECT FROM search_document WHERE words @@ query LIMIT %s
                     ) uncounted
                 ) found
                 WHERE found.products > 0
                """,
                [uncounted, UNCOUNTED],
            )
            counts |= {stem: Counted(products, kind) for stem, products, kind in cursor}
    return counts


def begins_others(word: str) -> bool:
    """Whether other words of the shop begin with `word`, which says enough to go by."""
    if len(word) < SHORTEST_BEGINNING or not word.isalnum():
        return False
    return Stem.objects.filter(stem__startswith=word).exclude(stem=word).exists()


def completions(beginning: str, *, limit: int) -> list[str]:
    """Words that begin so, of those that things are called by, the most common first."""
    begun = Word.objects.filter(word__startswith=beginning.lower(), named__gt=0)
    return [*begun.order_by("-named", "word").values_list("word", flat=True)[:limit]]


def mistyped_completions(beginning: str, *, limit: int) -> list[str]:
    """The same for what no word begins with: as if one letter, but not the first, were wrong; none
    for a few letters, which may be anything."""
    beginning = beginning.lower()
    if not beginning.isalpha() or not ONE_MISTAKE <= len(beginning) <= LONGEST:
        return []
    alike = Word.objects.filter(word__startswith=beginning[0], named__gt=0)
    found = []
    for word in alike.order_by("-named", "word").values_list("word", flat=True)[:BEGUN]:
        ends = range(len(beginning) - 1, min(len(beginning) + 1, len(word)) + 1)
        if any(OSA.distance(beginning, word[:end], score_cutoff=1) <= 1 for end in ends):
            found.append(word)
    return found[:limit]


def known(words: Collection[str]) -> set[str]:
    """Those of the words that the shop's texts have, as they are written."""
    return set(Word.objects.filter(word__in=words).values_list("word", flat=True))


def corrections(word: str, *, limit: int = 3) -> list[str]:
    """Words of the shop that `word` may be a mistyped form of: those that are nearest to it, the
    most common first; none for a word that is not of letters alone, or of less than three. What is
    left of a word of four is one: "wol", of wool."""
    word = word.casefold()
    short = len(word) < ONE_MISTAKE
    if not word.isalpha() or not ONE_MISTAKE - 1 <= len(word) <= LONGEST:
        return []
    allowed = 2 if len(word) >= TWO_MISTAKES else 1
    rows = (
        Word.objects.filter(near__overlap=deletions(word))
        .exclude(word=word)
        .order_by("-products", "word")
        .values_list("word", "products")[:COMPARED]
    )
    judged = []
    for other, products in rows:
        if short and (len(other) != ONE_MISTAKE or other[0] != word[0]):
            continue
        distance = OSA.distance(word, other, score_cutoff=allowed)
        if distance <= allowed:
            # The first letter is seldom the wrong one; and what many products have is meant more.
            judged.append(((distance, other[0] != word[0]), -products, other))
    judged.sort()
    return [other for likely, _, other in judged[:limit] if likely == judged[0][0]]


def parts(word: str) -> tuple[str, str] | None:
    """The two words of the shop that `word` is written together of, or None: "raincoat" where
    texts say "rain coat", "Damenschuhe" where they say "Schuhe für Damen".

    A German compound may join them by an s or an n, or drop the first one's e ("Wollmantel" is of
    "Wolle"). Of several ways, the one with the most common parts.
    """
    word = word.casefold()
    if not word.isalpha() or len(word) > LONGEST:
        return None
    splits = []
    for at in range(ONE_MISTAKE - 1, len(word) - ONE_MISTAKE + 2):
        first, second = word[:at], word[at:]
        splits += [(first, second)]
        if first.endswith(("s", "n")):
            splits += [(first[:-1], second)]
        splits += [(f"{first}e", second)]
    found = dict(
        Word.objects.filter(word__in={part for split in splits for part in split}).values_list(
            "word", "products"
        )
    )
    whole = [split for split in splits if split[0] in found and split[1] in found]
    return max(whole, key=lambda split: min(found[part] for part in split), default=None)


def deletions(word: str) -> list[str]:
    """The word, and what is left of it without one of its letters; as `Word.near` has them."""
    return [word, *dict.fromkeys(word[:n] + word[n + 1 :] for n in range(len(word)))]


def _written() -> int:
    """How often documents have been written, by the server's own statistics."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_all_tables
             WHERE relid = 'search_document'::regclass
            """
        )
        return int(cursor.fetchone()[0])


def _replace(cursor: object, table: str, key: str, *columns: str) -> None:
    """Make `table` say what the temporary table `fresh` says; only what differs is written."""
    names: Sequence[str] = (key, *columns)
    listed, given = ", ".join(names), ", ".join(f"excluded.{name}" for name in columns)
    cursor.execute(  # type: ignore[attr-defined]
        f"DELETE FROM {table} WHERE {key} NOT IN (SELECT {key} FROM fresh)"  # noqa: S608
    )
    cursor.execute(  # type: ignore[attr-defined]
        f"""
        INSERT INTO {table} AS kept ({listed}) SELECT {listed} FROM fresh
        ON CONFLICT ({key}) DO UPDATE SET ({", ".join(columns)}) = ROW ({given})
         WHERE ({", ".join(f"kept.{name}" for name in columns)}) IS DISTINCT FROM ({given})
        """  # noqa: S608  (names of ours)
    )
