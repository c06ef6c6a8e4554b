"""A product that is put into a category holds that category's place until it is committed.

Without it two transactions miss each other: one adds a product, the other moves the category (or
adds one before it, which moves those beside it). The second does not see the product, and the first
has read the former path: the listing keeps it, and the product is found in the category that is
there now. Foreign keys take the same lock, but only at the end of the transaction.
"""

from django.db import migrations

HOLD = """
CREATE FUNCTION search_on_product_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM catalog_category WHERE id IN (SELECT category_id FROM new_row)
      ORDER BY id FOR KEY SHARE;
    RETURN NULL;
END $$;
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_product
    REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_product_inserted();

CREATE FUNCTION search_on_product_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM catalog_category WHERE id = NEW.category_id FOR KEY SHARE;
    RETURN NEW;
END $$;
-- Before the row is written, so before the listing is computed.
CREATE TRIGGER search_moved BEFORE UPDATE OF category_id ON catalog_product
    FOR EACH ROW WHEN (NEW.category_id <> OLD.category_id)
    EXECUTE FUNCTION search_on_product_moved();
"""

RELEASE = "DROP FUNCTION search_on_product_inserted, search_on_product_moved CASCADE"


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0010_reprice'),
    ]

    operations = [
        migrations.RunSQL(HOLD, RELEASE),
    ]
