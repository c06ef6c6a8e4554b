"""Watches over what the triggers of migrations 0003, 0007 and 0010 to 0012 keep: listings,
documents, and the place and signature of embeddings.

The triggers keep them in step with every statement. What goes past triggers (a restored dump, a
bulk load under `session_replication_role = replica`) is brought in step by `rebuild`; that nothing
is out of step, `differences` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

# Rows at a time: one transaction each, so that a rebuild holds no lock for long.
AT_ONCE = 10_000

_DIFFERENCES = {
    "listings": """
        SELECT count(*) FROM search_listing listing
          FULL JOIN search_true_listings(ARRAY(SELECT id FROM catalog_product)) truth
               USING (product_id)
         WHERE (listing.created_at, listing.prices, listing.prices_in_stock, listing.in_stock,
                listing.path, listing.brand, listing.value_ids)
               IS DISTINCT FROM
               (truth.created_at, truth.prices, truth.prices_in_stock, truth.in_stock, truth.path,
                truth.brand, truth.value_ids)
    """,
    "documents": """
        SELECT count(*) FROM search_document document
          FULL JOIN search_true_documents(ARRAY(SELECT product_id FROM search_listing)) truth
               USING (product_id)
         WHERE document.words IS DISTINCT FROM truth.words
    """,
    "places": """
        SELECT count(*) FROM search_embedding embedding
          LEFT JOIN search_listing listing USING (product_id)
         WHERE embedding.listed IS DISTINCT FROM (listing.product_id IS NOT NULL)
            OR embedding.path <> listing.path
    """,
    "signatures": """
        SELECT count(*) FROM search_embedding embedding
          JOIN search_embeddingmodel model ON model.id = embedding.model_id
         WHERE signature IS DISTINCT FROM search_signature(vector, CASE kind
                   WHEN 'image' THEN model.image_thresholds ELSE model.text_thresholds END)
    """,
}


def differences() -> dict[str, int]:
    """How many listings, documents, places of embeddings and signatures are not as they should be;
    all 0 is right.

    Looks at everything: seconds for a hundred thousand products.
    """
    found = {}
    with connection.cursor() as cursor:
        for name, statement in _DIFFERENCES.items():
            cursor.execute(statement)
            found[name] = int(cursor.fetchone()[0])
    return found


# What to look at, in this order, and how to bring it in step.
_REBUILD = (
    ("SELECT id FROM catalog_product", "SELECT search_refresh(%(ids)s)"),
    # Listings of products that are gone.
    ("SELECT product_id AS id FROM search_listing", "SELECT search_refresh(%(ids)s)"),
    # Documents, also of listings that are gone.
    (
        "SELECT product_id AS id FROM search_listing UNION SELECT product_id FROM search_document",
        "SELECT search_renamed(%(ids)s)",
    ),
    (
        "SELECT id FROM search_embedding",
        """
        UPDATE search_embedding embedding
           SET listed = truth.listed, path = truth.path, signature = truth.signature
          FROM (
              SELECT embedding.id, listing.product_id IS NOT NULL AS listed,
                     coalesce(listing.path, embedding.path) AS path,
                     search_signature(vector, CASE kind WHEN 'image'
                         THEN model.image_thresholds ELSE model.text_thresholds END) AS signature
                FROM search_embedding embedding
                JOIN search_embeddingmodel model ON model.id = embedding.model_id
                LEFT JOIN search_listing listing USING (product_id)
               WHERE embedding.id = ANY(%(ids)s)
          ) truth
         WHERE embedding.id = truth.id
           AND (embedding.listed, embedding.path, embedding.signature)
               IS DISTINCT FROM (truth.listed, truth.path, truth.signature)
        """,
    ),
)


def rebuild() -> Iterator[int]:
    """Bring everything in step; what already is, is not written. Gives how many rows it has looked
    at so far, after each lot, for a progress bar; the total is `rows()`."""
    looked_at = 0
    for rows, statements in _REBUILD:
        last = 0
        while True:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"""
                    SELECT array_agg(id), max(id) FROM (
                        SELECT id FROM ({rows}) everything WHERE id > %s ORDER BY id LIMIT %s
                    ) lot
                    """,  # noqa: S608  (constants only)
                    [last, AT_ONCE],
                )
                ids, highest = cursor.fetchone()
                if ids is None:
                    break
                cursor.execute(statements, {"ids": ids})
            last = highest
            looked_at += len(ids)
            yield looked_at


def rows() -> int:
    """How many rows `rebuild` looks at."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM catalog_product) + (SELECT count(*) FROM search_listing)
                 + (SELECT count(*) FROM search_embedding)
                 + (SELECT count(*) FROM search_listing FULL JOIN search_document
                                         USING (product_id))
            """
        )
        return int(cursor.fetchone()[0])
