from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_counts'),
    ]

    operations = [
        migrations.AddField(
            model_name='embeddingmodel',
            name='retired_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
