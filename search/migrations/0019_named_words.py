from django.db import migrations, models

# Numbers are looked up by their beginnings, in capitals (`search.sku`): of 600,000 variants that
# read every one.
NUMBERS = "CREATE INDEX search_variant_number ON catalog_variant (upper(sku) text_pattern_ops)"


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0018_sorted_by_price'),
    ]

    operations = [
        migrations.AddField(
            model_name='word',
            name='named',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Those whose title or brand says it just so, or whose category or value is called so; others only speak of it.'),
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(condition=models.Q(('named__gt', 0)), fields=['word'], include=('named',), name='word_named'),
        ),
        migrations.RunSQL(NUMBERS, "DROP INDEX search_variant_number"),
    ]
