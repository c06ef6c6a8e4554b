"""The colours of pictures, and triggers that keep a row for each picture, by whatever path it came.

A picture is inserted -> its row, due at once. Its file or product changes -> its row follows, and
is due where the file is another one.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


TRIGGERS = """
CREATE FUNCTION search_on_picture_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_picturecolors
           (image_id, product_id, main, swatches, content_hash, method, due_at, attempts, error)
    SELECT id, product_id, '{}', '{}', '', 0, now(), 0, '' FROM new_row ORDER BY id
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER search_inserted AFTER INSERT ON catalog_productimage
    REFERENCING NEW TABLE AS new_row
    FOR EACH STATEMENT EXECUTE FUNCTION search_on_picture_inserted();

CREATE FUNCTION search_on_picture_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    same boolean := (NEW.image, NEW.content_hash) = (OLD.image, OLD.content_hash);
BEGIN
    UPDATE search_picturecolors
       SET product_id = NEW.product_id,
           due_at = CASE WHEN same THEN due_at ELSE now() END,
           attempts = CASE WHEN same THEN attempts ELSE 0 END
     WHERE image_id = NEW.id;
    RETURN NULL;
END $$;
-- By row: a picture is updated alone, and mostly in other columns (its renditions are ready).
CREATE TRIGGER search_updated
    AFTER UPDATE OF product_id, image, content_hash ON catalog_productimage
    FOR EACH ROW
    WHEN ((NEW.product_id, NEW.image, NEW.content_hash)
          IS DISTINCT FROM (OLD.product_id, OLD.image, OLD.content_hash))
    EXECUTE FUNCTION search_on_picture_updated();
"""

DROP = "DROP FUNCTION search_on_picture_inserted, search_on_picture_updated CASCADE"

# The pictures that are there already.
FILL = """
INSERT INTO search_picturecolors
       (image_id, product_id, main, swatches, content_hash, method, due_at, attempts, error)
SELECT id, product_id, '{}', '{}', '', 0, now(), 0, '' FROM catalog_productimage ORDER BY id
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variant_by_price'),
        ('search', '0013_events'),
    ]

    operations = [
        migrations.CreateModel(
            name='PictureColors',
            fields=[
                ('image', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='colors', serialize=False, to='catalog.productimage')),
                ('shares', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), help_text='Of each named colour, in thousandths of what is shown, in the order of `search.colors.names.NAMED`.', null=True, size=None)),
                ('main', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list, help_text='The named colours (their places in that order) that it has enough of to be found by.', size=None)),
                ('swatches', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, help_text='Colours that are seen, the largest first, each as two numbers: sRGB, and its share in thousandths.', size=None)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('method', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('product', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='picture_colors', to='catalog.product')),
            ],
            options={
                'indexes': [models.Index(fields=['product'], name='colors_product'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['main'], name='colors_main'), models.Index(condition=models.Q(('due_at__isnull', False)), fields=['attempts', 'due_at'], name='colors_due'), models.Index(condition=models.Q(('due_at__isnull', True)), fields=['method'], name='colors_method'), models.Index(condition=models.Q(('error', ''), _negated=True), fields=['image'], name='colors_failed')],
            },
        ),
        migrations.RunSQL(TRIGGERS, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
