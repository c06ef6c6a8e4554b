import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models

# What words look in is kept in a row of its own, one a product on sale, as listings are: in the
# transaction that changes it and by whatever path. Each word stands with where it stands:
#
#   A title    B brand    C names of its categories and values    D description
#
# (tsvector's labels). To make documents anew for each search took 0.65 s where a word is common in
# a shop of 200,000 products.
FUNCTIONS = """
-- The language whose words are reduced to their stems: `search.words.language` replaces it.
CREATE FUNCTION search_language() RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'pg_catalog.english'::regconfig
$$;

-- Without the accents of Latin letters: a shopper who writes creme means crème.
CREATE FUNCTION search_unaccented(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN octet_length(said) = length(said) THEN said ELSE
        normalize(regexp_replace(normalize(said, NFKD), '([A-Za-z])[\\u0300-\\u036f]+', '\\1', 'g'))
    END
$$;

-- The words of a text as documents hold them: stems; of accented words also those without accents;
-- and what hyphens join also as one word, for some write t-shirt and some tshirt.
CREATE FUNCTION search_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector(search_language(), said)
        || CASE WHEN octet_length(said) = length(said) THEN ''::tsvector
                ELSE to_tsvector(search_language(), search_unaccented(said)) END
        || CASE WHEN position('-' IN said) = 0 THEN ''::tsvector
                ELSE to_tsvector(search_language(), coalesce((
                         SELECT string_agg(replace(joined[1], '-', ''), ' ')
                           FROM regexp_matches(search_unaccented(said), '(\\w+(?:-\\w+)+)', 'g')
                                AS joined), '')) END
$$;

-- The documents that these products should have, from the catalogue and its listings. A description
-- is read as far as a tsvector has room for it.
CREATE FUNCTION search_true_documents(products bigint[])
RETURNS TABLE (product_id bigint, words tsvector) LANGUAGE sql STABLE AS $$
    SELECT product.id,
           setweight(search_words(product.title), 'A') || setweight(search_words(product.brand), 'B')
           || setweight(search_words(concat_ws(' / ', above.names, held.names)), 'C')
           || setweight(search_words(left(product.description, 50000)), 'D')
      FROM search_listing listing
      JOIN catalog_product product ON product.id = listing.product_id
      CROSS JOIN LATERAL (
          SELECT string_agg(category.name, ' / ' ORDER BY category.path) AS names
            FROM catalog_category category
           WHERE category.path IN (SELECT left(listing.path, n * 4)
                                     FROM generate_series(1, length(listing.path) / 4) n)
      ) above
      CROSS JOIN LATERAL (
          SELECT string_agg(value, ' / ' ORDER BY id) AS names
            FROM catalog_attributevalue WHERE id = ANY(listing.value_ids)
      ) held
     WHERE listing.product_id = ANY(products)
$$;

-- Bring documents in step with listings and catalogue; the caller holds the products.
CREATE FUNCTION search_redocument(products bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF products IS NULL THEN RETURN; END IF;
    DELETE FROM search_document document
     WHERE product_id = ANY(products)
       AND NOT EXISTS (SELECT FROM search_listing listing
                        WHERE listing.product_id = document.product_id);
    INSERT INTO search_document AS document (product_id, words)
    SELECT product_id, words FROM search_true_documents(products)
    ON CONFLICT (product_id) DO UPDATE SET words = excluded.words
     WHERE document.words IS DISTINCT FROM excluded.words;
END $$;
ALTER FUNCTION search_redocument SET plan_cache_mode = force_generic_plan;
"""

# Listings change first: what documents say of categories and values they have from them.
REFRESH = """
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
    {documents}
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
ALTER FUNCTION search_refresh SET plan_cache_mode = force_generic_plan;
"""

TRIGGERS = """
CREATE FUNCTION search_on_product_reworded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_redocument(array_agg(new_row.id))
       FROM new_row JOIN old_row USING (id)
      WHERE (new_row.title, new_row.brand, new_row.description)
            IS DISTINCT FROM (old_row.title, old_row.brand, old_row.description);
    RETURN NULL;
END $$;
-- Triggers of one event run by name: "search_updated", which keeps listings, goes before.
CREATE TRIGGER search_updated_words AFTER UPDATE ON catalog_product
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_product_reworded();

-- Renamed: the products are locked as `search_refresh` does, and in that order.
CREATE FUNCTION search_renamed(products bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF products IS NULL THEN RETURN; END IF;
    PERFORM FROM catalog_product WHERE id = ANY(products) ORDER BY id FOR NO KEY UPDATE;
    PERFORM search_redocument(products);
END $$;

CREATE FUNCTION search_on_category_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_renamed(array_agg(listing.product_id))
       FROM search_listing listing
      WHERE EXISTS (SELECT FROM new_row JOIN old_row USING (id)
                     WHERE new_row.name <> old_row.name
                       AND listing.path >= new_row.path AND listing.path < new_row.path || '~');
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated_words AFTER UPDATE ON catalog_category
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_category_renamed();

CREATE FUNCTION search_on_value_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_renamed(array_agg(listing.product_id))
       FROM search_listing listing
      WHERE listing.value_ids && (SELECT array_agg(new_row.id::int)
                                    FROM new_row JOIN old_row USING (id)
                                   WHERE new_row.value <> old_row.value);
    RETURN NULL;
END $$;
CREATE TRIGGER search_updated_words AFTER UPDATE ON catalog_attributevalue
    REFERENCING OLD TABLE AS old_row NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_value_renamed();
"""

DROP = """
DROP FUNCTION search_on_value_renamed, search_on_category_renamed, search_on_product_reworded
    CASCADE;
DROP FUNCTION search_renamed, search_redocument, search_true_documents, search_words,
    search_unaccented, search_language;
"""

FILL = "SELECT search_redocument(array_agg(product_id)) FROM search_listing"

FORMER_INDEX = """
CREATE INDEX search_product_words ON catalog_product USING gin ((
    setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', brand), 'B')
    || setweight(to_tsvector('english', description), 'D')
))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0011_categories_held'),
    ]

    operations = [
        migrations.AddField(
            model_name='embeddingmodel',
            name='nonsense',
            field=pgvector.django.halfvec.HalfVectorField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('product', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='document', serialize=False, to='catalog.product')),
                ('words', django.contrib.postgres.search.SearchVectorField(help_text='Stems: A of the title, B of the brand, C of categories and values, D of the description.')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='document_words')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(db_collation='C', max_length=60, primary_key=True, serialize=False)),
                ('products', models.PositiveIntegerField(help_text='On sale, whose texts have it.')),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(db_collation='C', max_length=60), help_text='It, and what is left of it without one of its letters.', size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['near'], name='word_near')],
            },
        ),
        migrations.CreateModel(
            name='Stem',
            fields=[
                ('stem', models.CharField(db_collation='C', max_length=255, primary_key=True, serialize=False)),
                ('products', models.PositiveIntegerField(help_text='On sale, whose documents have it.')),
                ('kind', models.BooleanField(help_text="Whether it is of a category's name.")),
            ],
        ),
        migrations.CreateModel(
            name='Synonyms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=500, help_text='Words or phrases that mean the same, with commas between them: trainers, sneakers, running shoes.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'synonyms', 'verbose_name_plural': 'synonyms', 'ordering': ['words'],
            },
        ),
        migrations.RunSQL(FUNCTIONS + REFRESH.format(documents="PERFORM search_redocument(changed);") + TRIGGERS,
                          REFRESH.format(documents="") + DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL("DROP INDEX search_product_words", FORMER_INDEX),
    ]
