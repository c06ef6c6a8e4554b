"""A new price or stock is put into the listing by itself: nothing else of the listing is computed
anew, and nothing of embeddings is looked at. Two thirds of what a new price cost were that.
"""

from django.db import migrations

REPRICE = """
CREATE FUNCTION search_reprice(products bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF products IS NULL THEN RETURN; END IF;
    PERFORM FROM catalog_product WHERE id = ANY(products) ORDER BY id FOR NO KEY UPDATE;
    -- What is not listed is not made by this: no price puts a product on sale.
    UPDATE search_listing listing
       SET prices = offer.prices, prices_in_stock = offer.prices_in_stock,
           in_stock = offer.prices_in_stock <> '{}'
      FROM (
          SELECT product_id, range_agg(hundredths) AS prices,
                 coalesce(range_agg(hundredths) FILTER (WHERE stock > 0), '{}') AS prices_in_stock
            FROM (SELECT product_id, stock,
                         int8range((price * 100)::bigint, (price * 100)::bigint, '[]') AS hundredths
                    FROM catalog_variant WHERE product_id = ANY(products) AND published) variant
           GROUP BY product_id
      ) offer
     WHERE listing.product_id = offer.product_id
       AND (listing.prices <> offer.prices OR listing.prices_in_stock <> offer.prices_in_stock);
END $$;
ALTER FUNCTION search_reprice SET plan_cache_mode = force_generic_plan;

CREATE OR REPLACE FUNCTION search_on_variant_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moved bigint[]; repriced bigint[];
BEGIN
    SELECT array_agg(DISTINCT product_id) FILTER (WHERE elsewhere),
           array_agg(DISTINCT product_id) FILTER (WHERE NOT elsewhere)
      INTO moved, repriced FROM (
        SELECT unnest(ARRAY[old_row.product_id, new_row.product_id]) AS product_id,
               (new_row.product_id, new_row.published)
               <> (old_row.product_id, old_row.published) AS elsewhere
          FROM new_row JOIN old_row USING (id)
         WHERE (new_row.product_id, new_row.price, new_row.published, new_row.stock > 0)
               <> (old_row.product_id, old_row.price, old_row.published, old_row.stock > 0)
    ) changed;
    IF moved IS NULL THEN
        PERFORM search_reprice(repriced);
    ELSE  -- in one call: rows are locked in one order
        PERFORM search_refresh(moved || repriced);
    END IF;
    RETURN NULL;
END $$;
"""

REFRESH = """
CREATE OR REPLACE FUNCTION search_on_variant_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id)) FROM (
        SELECT unnest(ARRAY[old_row.product_id, new_row.product_id]) AS product_id
          FROM new_row JOIN old_row USING (id)
         WHERE (new_row.product_id, new_row.price, new_row.published, new_row.stock > 0)
               IS DISTINCT FROM
               (old_row.product_id, old_row.price, old_row.published, old_row.stock > 0)
    ) changed;
    RETURN NULL;
END $$;
DROP FUNCTION search_reprice;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0009_refresh_plans'),
    ]

    operations = [
        migrations.RunSQL(REPRICE, REFRESH),
    ]
