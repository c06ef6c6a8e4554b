import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgvector.django.halfvec
import search.fields
from django.db import migrations, models


# What searches filter on is kept in narrow rows of its own, in the transaction that changes it and
# by whatever path (forms, bulk updates, raw SQL, COPY, cascades, TRUNCATE): by triggers.
#
#   catalogue row changed -> search_refresh(products) -> search_listing, one row a product on sale
#                                                     -> search_embedding.listed and .path
#   embedding added       -> its listed and path, from search_listing
#   vector stored         -> its signature
#
# The catalogue's triggers are by statement, so that a bulk change costs one pass. Whoever computes a
# listing holds the product's row (FOR NO KEY UPDATE), whoever copies one holds it FOR SHARE: two
# transactions that change two variants of one product, or publish it and add a picture, follow each
# other, and the second sees what the first did. (The lock comes first and the reading after it, in
# a statement of its own, which under READ COMMITTED looks anew.)
FUNCTIONS = """
-- The listings that these products should have, from the catalogue itself. A function and not a
-- view: a view would forbid the catalogue to change the types of its columns.
CREATE FUNCTION search_true_listings(products bigint[]) RETURNS TABLE (
    product_id bigint, created_at timestamptz, price_min bigint, price_max bigint,
    in_stock boolean, path varchar(255), brand varchar(120), value_ids int[]
)
LANGUAGE sql STABLE AS $$
    SELECT product.id, product.created_at, offer.price_min, offer.price_max, offer.in_stock,
           category.path::varchar(255), product.brand, held.value_ids
      FROM catalog_product product
      JOIN catalog_category category ON category.id = product.category_id
      CROSS JOIN LATERAL (
          SELECT (min(price) * 100)::bigint AS price_min, (max(price) * 100)::bigint AS price_max,
                 bool_or(stock > 0) AS in_stock
            FROM catalog_variant WHERE product_id = product.id AND published
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
     WHERE product.id = ANY(products) AND product.published AND offer.in_stock IS NOT NULL
$$;

-- Bring listings, and what follows from them, in step with the catalogue.
CREATE FUNCTION search_refresh(products bigint[]) RETURNS void LANGUAGE plpgsql AS $$
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
               (product_id, path, brand, price_min, price_max, in_stock, value_ids, created_at)
        SELECT product_id, path, brand, price_min, price_max, in_stock, value_ids, created_at
          FROM truth
        ON CONFLICT (product_id) DO UPDATE
           SET path = excluded.path, brand = excluded.brand, price_min = excluded.price_min,
               price_max = excluded.price_max, in_stock = excluded.in_stock,
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

-- A vector's signature: for each of three thresholds a dimension, whether it is above it (a
-- thermometer code). Before the thresholds are known: its signs.
CREATE FUNCTION search_signature(vector halfvec, thresholds halfvec) RETURNS bit varying
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT binary_quantize(CASE WHEN thresholds IS NULL THEN vector
                                ELSE (vector || vector || vector) - thresholds END)::bit varying
$$;
"""

# Which products a statement may have changed. Most updates of a variant change its stock from 5 to
# 4, which no listing says: those end at the first comparison.
TRIGGERS = """
CREATE FUNCTION search_on_product_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(new_row.id))
       FROM new_row JOIN old_row USING (id)
      WHERE (new_row.published, new_row.category_id, new_row.brand, new_row.created_at)
            IS DISTINCT FROM (old_row.published, old_row.category_id, old_row.brand,
                              old_row.created_at);
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated AFTER UPDATE ON catalog_product
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_product_updated();

CREATE FUNCTION search_on_product_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(id)) FROM old_row;
    RETURN NULL;
END $$;
CREATE TRIGGER search_deleted AFTER DELETE ON catalog_product
    REFERENCING OLD TABLE AS old_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_product_deleted();

CREATE FUNCTION search_on_category_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(product.id))
       FROM new_row JOIN old_row USING (id)
       JOIN catalog_product product ON product.category_id = new_row.id
      WHERE new_row.path <> old_row.path;
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated AFTER UPDATE ON catalog_category
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_category_updated();

CREATE FUNCTION search_on_variant_updated() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER search_updated AFTER UPDATE ON catalog_variant
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_variant_updated();

CREATE FUNCTION search_on_variant_put() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id)) FROM new_row;
    RETURN NULL;
END $$;
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_variant
    REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_variant_put();

CREATE FUNCTION search_on_variant_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id)) FROM old_row;
    RETURN NULL;
END $$;
CREATE TRIGGER search_deleted AFTER DELETE ON catalog_variant
    REFERENCING OLD TABLE AS old_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_variant_deleted();

-- Attributes of products: their rows name the product, as those of variants do.
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_product_attributes
    REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_variant_put();
CREATE TRIGGER search_deleted AFTER DELETE ON catalog_product_attributes
    REFERENCING OLD TABLE AS old_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_variant_deleted();
CREATE FUNCTION search_on_attributes_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id))
       FROM (SELECT product_id FROM old_row UNION SELECT product_id FROM new_row) either;
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated AFTER UPDATE ON catalog_product_attributes
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_attributes_updated();

CREATE FUNCTION search_on_options_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id))
       FROM catalog_variant WHERE id IN (SELECT variant_id FROM new_row);
    RETURN NULL;
END $$;
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_variant_options
    REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_options_inserted();
CREATE FUNCTION search_on_options_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id))
       FROM catalog_variant WHERE id IN (SELECT variant_id FROM old_row);
    RETURN NULL;
END $$;
CREATE TRIGGER search_deleted AFTER DELETE ON catalog_variant_options
    REFERENCING OLD TABLE AS old_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_options_deleted();
CREATE FUNCTION search_on_options_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(DISTINCT product_id))
       FROM catalog_variant
      WHERE id IN (SELECT variant_id FROM old_row UNION SELECT variant_id FROM new_row);
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated AFTER UPDATE ON catalog_variant_options
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_options_updated();

-- TRUNCATE says no rows: all that is listed is looked at.
CREATE FUNCTION search_on_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(array_agg(product_id)) FROM search_listing;
    RETURN NULL;
END $$;
CREATE TRIGGER search_truncated AFTER TRUNCATE ON catalog_product
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_truncated();
CREATE TRIGGER search_truncated AFTER TRUNCATE ON catalog_variant
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_truncated();
CREATE TRIGGER search_truncated AFTER TRUNCATE ON catalog_variant_options
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_truncated();
CREATE TRIGGER search_truncated AFTER TRUNCATE ON catalog_product_attributes
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_truncated();

-- An embedding knows from its first moment whether its product is listed, and where.
CREATE FUNCTION search_on_embedding_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM catalog_product WHERE id = NEW.product_id FOR SHARE;
    SELECT path INTO NEW.path FROM search_listing WHERE product_id = NEW.product_id;
    NEW.listed := FOUND;
    NEW.path := coalesce(NEW.path, '');
    RETURN NEW;
END $$;
CREATE TRIGGER search_placed BEFORE INSERT ON search_embedding
    FOR EACH ROW EXECUTE FUNCTION search_on_embedding_placed();
CREATE TRIGGER search_moved BEFORE UPDATE OF product_id ON search_embedding
    FOR EACH ROW WHEN (NEW.product_id <> OLD.product_id)
    EXECUTE FUNCTION search_on_embedding_placed();

CREATE FUNCTION search_on_embedding_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.signature := NULL;
    IF NEW.vector IS NOT NULL THEN
        SELECT search_signature(
                   NEW.vector, CASE NEW.kind WHEN 'image' THEN image_thresholds ELSE text_thresholds END)
          INTO NEW.signature FROM search_embeddingmodel WHERE id = NEW.model_id FOR SHARE;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER search_signed BEFORE INSERT OR UPDATE OF vector, kind, model_id ON search_embedding
    FOR EACH ROW EXECUTE FUNCTION search_on_embedding_signed();

-- Other thresholds make other signatures of all vectors of the model.
CREATE FUNCTION search_on_thresholds_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_embedding
       SET signature = search_signature(vector, CASE kind WHEN 'image' THEN NEW.image_thresholds
                                                          ELSE NEW.text_thresholds END)
     WHERE model_id = NEW.id AND vector IS NOT NULL
       AND CASE kind WHEN 'image' THEN NEW.image_thresholds IS DISTINCT FROM OLD.image_thresholds
                     ELSE NEW.text_thresholds IS DISTINCT FROM OLD.text_thresholds END;
    RETURN NULL;
END $$;
CREATE TRIGGER search_thresholds
    AFTER UPDATE OF image_thresholds, text_thresholds ON search_embeddingmodel
    FOR EACH ROW EXECUTE FUNCTION search_on_thresholds_updated();
"""

DROP = """
DROP FUNCTION search_on_product_updated, search_on_product_deleted, search_on_category_updated,
    search_on_variant_updated, search_on_variant_put, search_on_variant_deleted,
    search_on_attributes_updated, search_on_options_inserted, search_on_options_deleted,
    search_on_options_updated, search_on_truncated, search_on_embedding_placed,
    search_on_embedding_signed, search_on_thresholds_updated CASCADE;
DROP FUNCTION search_refresh, search_signature, search_true_listings;
"""

# What is there already.
FILL = """
SELECT search_refresh(array_agg(id)) FROM catalog_product;
UPDATE search_embedding SET vector = vector WHERE vector IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_always_one_variant'),
        ('search', '0002_vectors_and_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='embedding',
            name='listed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='embedding',
            name='path',
            field=models.CharField(blank=True, db_collation='C', editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name='embedding',
            name='signature',
            field=search.fields.VarBitField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='embeddingmodel',
            name='image_thresholds',
            field=pgvector.django.halfvec.HalfVectorField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='embeddingmodel',
            name='text_thresholds',
            field=pgvector.django.halfvec.HalfVectorField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('product', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='listing', serialize=False, to='catalog.product')),
                ('created_at', models.DateTimeField()),
                ('price_min', models.BigIntegerField(help_text='The lowest price of a published variant, in hundredths of the currency.')),
                ('price_max', models.BigIntegerField(help_text='The highest, likewise.')),
                ('in_stock', models.BooleanField(help_text='Whether a published variant is.')),
                ('path', models.CharField(db_collation='C', help_text='Of its category.', max_length=255)),
                ('brand', models.CharField(blank=True, max_length=120)),
                ('value_ids', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='The attribute values that it or a published variant has, ascending.', size=None)),
            ],
            options={
                'indexes': [models.Index(fields=['path'], include=('product',), name='listing_path'), models.Index(fields=['brand'], include=('product',), name='listing_brand'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['value_ids'], name='listing_values')],
            },
        ),
        migrations.RunSQL(
            # Room in each page for new versions of its rows, so that a new price stays in it.
            "ALTER TABLE search_listing SET (fillfactor = 80)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
