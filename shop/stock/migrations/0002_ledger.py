from django.db import migrations

# The ledger is kept by the database, in the transaction of every change and by whatever path. Why a
# change is made is told by `shop.stock.services.because` in settings of the transaction; what says
# nothing was edited. Rows whose stock stays cost nothing: the triggers end at their WHEN.
LEDGER = """
CREATE FUNCTION stock_write_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before integer := 0;
BEGIN
    IF TG_OP = 'UPDATE' THEN before := OLD.stock; END IF;
    INSERT INTO stock_movement (variant_id, sku, delta, stock, reason, reference, note, actor_id)
    VALUES (NEW.id, NEW.sku, NEW.stock - before, NEW.stock,
            coalesce(nullif(current_setting('vitrine.stock_reason', true), ''),
                     CASE TG_OP WHEN 'INSERT' THEN 'initial' ELSE 'edited' END),
            coalesce(current_setting('vitrine.stock_reference', true), ''),
            coalesce(current_setting('vitrine.stock_note', true), ''),
            nullif(current_setting('vitrine.stock_actor', true), '')::integer);
    RETURN NULL;
END $$;

CREATE TRIGGER stock_inserted AFTER INSERT ON catalog_variant
    FOR EACH ROW WHEN (NEW.stock <> 0) EXECUTE FUNCTION stock_write_movement();
CREATE TRIGGER stock_updated AFTER UPDATE OF stock ON catalog_variant
    FOR EACH ROW WHEN (NEW.stock <> OLD.stock) EXECUTE FUNCTION stock_write_movement();

INSERT INTO stock_movement (variant_id, sku, delta, stock, reason, reference, note)
SELECT id, sku, stock, stock, 'initial', '', '' FROM catalog_variant WHERE stock <> 0;
"""

UNDO = """
DROP TRIGGER stock_updated ON catalog_variant;
DROP TRIGGER stock_inserted ON catalog_variant;
DROP FUNCTION stock_write_movement();
DELETE FROM stock_movement;
"""


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]

    operations = [migrations.RunSQL(LEDGER, UNDO)]
