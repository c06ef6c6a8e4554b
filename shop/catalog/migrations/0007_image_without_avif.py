from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Beside those who sell: all pictures of a shop that had none of these files are in it."""

    atomic = False

    dependencies = [
        ('catalog', '0006_pictured'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='productimage',
            index=models.Index(condition=models.Q(('avif_ready', False), ('renditions_ready', True)), fields=['id'], name='image_without_avif'),
        ),
    ]
