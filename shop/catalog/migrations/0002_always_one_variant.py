from django.db import migrations

# A product always has at least one variant, whatever path it is written by (bulk, raw SQL). Both
# triggers are deferred: they look when the transaction commits, so that a product and its variants
# may be written in any order. A draft that nobody touched goes when the first real variant comes.
CREATE = """
CREATE FUNCTION catalog_product_gets_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM catalog_product WHERE id = NEW.id)
       AND NOT EXISTS (SELECT FROM catalog_variant WHERE product_id = NEW.id) THEN
        INSERT INTO catalog_variant (product_id, sku, price, stock, published, position)
        VALUES (NEW.id, 'DRAFT-' || NEW.id, 0, 0, false, 0);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER product_gets_variant AFTER INSERT ON catalog_product
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalog_product_gets_variant();

CREATE FUNCTION catalog_variant_replaces_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_variant
     WHERE product_id = NEW.product_id AND id <> NEW.id AND sku = 'DRAFT-' || NEW.product_id
       AND NOT published AND price = 0 AND stock = 0;
    RETURN NULL;
END $$;

CREATE TRIGGER variant_replaces_draft AFTER INSERT ON catalog_variant
    FOR EACH ROW EXECUTE FUNCTION catalog_variant_replaces_draft();

CREATE FUNCTION catalog_product_keeps_variant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM catalog_product WHERE id = OLD.product_id)
       AND NOT EXISTS (SELECT FROM catalog_variant WHERE product_id = OLD.product_id) THEN
        RAISE EXCEPTION 'product % must keep at least one variant', OLD.product_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'product_keeps_variant';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER product_keeps_variant AFTER DELETE OR UPDATE OF product_id
    ON catalog_variant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalog_product_keeps_variant();
"""

DROP = """
DROP TRIGGER product_gets_variant ON catalog_product;
DROP TRIGGER product_keeps_variant ON catalog_variant;
DROP TRIGGER variant_replaces_draft ON catalog_variant;
DROP FUNCTION catalog_product_gets_variant();
DROP FUNCTION catalog_product_keeps_variant();
DROP FUNCTION catalog_variant_replaces_draft();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
