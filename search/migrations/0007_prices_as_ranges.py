import django.contrib.postgres.indexes
from django.db import migrations

import search.fields

# A lowest and a highest price say too little: a product for 10 and for 90 has none from 40 to 60,
# and its cheap variant may be the one that is sold out. With every price as a range of one, and
# those in stock once more, a listing says for itself whether a variant passes bounds and stock.
LISTINGS = """
DROP FUNCTION search_true_listings;
CREATE FUNCTION search_true_listings(products bigint[]) RETURNS TABLE (
    product_id bigint, created_at timestamptz, prices int8multirange,
    prices_in_stock int8multirange, in_stock boolean, path varchar(255), brand varchar(120),
    value_ids int[]
)
LANGUAGE sql STABLE AS $$
    SELECT product.id, product.created_at, offer.prices,
           coalesce(offer.prices_in_stock, '{}'), offer.prices_in_stock IS NOT NULL,
           category.path::varchar(255), product.brand, held.value_ids
      FROM catalog_product product
      JOIN catalog_category category ON category.id = product.category_id
      CROSS JOIN LATERAL (
          SELECT range_agg(hundredths) AS prices,
                 range_agg(hundredths) FILTER (WHERE stock > 0) AS prices_in_stock
            FROM (SELECT stock, int8range((price * 100)::bigint, (price * 100)::bigint, '[]')
                         AS hundredths
                    FROM catalog_variant WHERE product_id = product.id AND published) variant
      ) offer
      CROSS JOIN LATERAL (
          SELECT coalesce(array_agg(id ORDER BY id), '{}') AS value_ids FROM (
              SELECT attributevalue_id::int AS id
                FROM catalog_product_attributes WHERE product_id = product.id
              UNION
              SELECT option.attributevalue_id::int
                FROM catalog_variant variant
                JOIN catalog_variant_options option ON option.variant_id = variant.id
               WHERE variant.product_id = product.id AND variant.published
          ) either
      ) held
     WHERE product.id = ANY(products) AND product.published AND offer.prices IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION search_refresh(products bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE changed bigint[];
BEGIN
    IF products IS NULL THEN RETURN; END IF;
    PERFORM FROM catalog_product WHERE id = ANY(products) ORDER BY id FOR NO KEY UPDATE;
    WITH truth AS MATERIALIZED (SELECT * FROM search_true_listings(products)),
    gone AS (
        DELETE FROM search_listing listing
         WHERE product_id = ANY(products)
           AND NOT EXISTS (SELECT FROM truth WHERE truth.product_id = listing.product_id)
        RETURNING product_id
    ),
    put AS (
        INSERT INTO search_listing AS listing
               (product_id, path, brand, prices, prices_in_stock, in_stock, value_ids, created_at)
        SELECT product_id, path, brand, prices, prices_in_stock, in_stock, value_ids, created_at
          FROM truth
        ON CONFLICT (product_id) DO UPDATE
           SET path = excluded.path, brand = excluded.brand, prices = excluded.prices,
               prices_in_stock = excluded.prices_in_stock, in_stock = excluded.in_stock,
               value_ids = excluded.value_ids, created_at = excluded.created_at
         WHERE listing.* IS DISTINCT FROM excluded.*
        RETURNING product_id
    )
    SELECT array_agg(product_id) INTO changed
      FROM (SELECT product_id FROM gone UNION ALL SELECT product_id FROM put) either;
    IF changed IS NULL THEN RETURN; END IF;
    -- This updates indexes that hold vectors, so only where path or listed really changed.
    UPDATE search_embedding embedding
       SET listed = listing.product_id IS NOT NULL,
           path = coalesce(listing.path, embedding.path)
      FROM unnest(changed) AS change (id)
      LEFT JOIN search_listing listing ON listing.product_id = change.id
     WHERE embedding.product_id = change.id
       AND (embedding.listed IS DISTINCT FROM (listing.product_id IS NOT NULL)
            OR embedding.path <> listing.path);
END $$;
"""

FILL = """
UPDATE search_listing listing
   SET prices = truth.prices, prices_in_stock = truth.prices_in_stock
  FROM search_true_listings(ARRAY(SELECT product_id FROM search_listing)) truth
 WHERE listing.product_id = truth.product_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0006_retired_at'),
    ]

    operations = [
        migrations.RemoveField(model_name='listing', name='price_min'),
        migrations.RemoveField(model_name='listing', name='price_max'),
        migrations.AddField(
            model_name='listing',
            name='prices',
            field=search.fields.BigIntegerMultiRangeField(default='{}', help_text='Each price of a published variant, in hundredths of the currency, as a range of one.'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='listing',
            name='prices_in_stock',
            field=search.fields.BigIntegerMultiRangeField(default='{}', help_text='Those of published variants in stock.'),
            preserve_default=False,
        ),
        migrations.RunSQL(LISTINGS),
        migrations.RunSQL(FILL),
        migrations.AddIndex(
            model_name='listing',
            index=django.contrib.postgres.indexes.GistIndex(fields=['prices'], name='listing_prices'),
        ),
    ]
