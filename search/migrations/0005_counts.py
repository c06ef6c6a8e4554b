import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_variant_by_price'),
        ('search', '0004_recall_checks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='embedding',
            name='model',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='embeddings', to='search.embeddingmodel'),
        ),
        migrations.AddIndex(
            model_name='embedding',
            index=models.Index(condition=models.Q(('status', 'done')), fields=['model', 'kind', 'updated_at'], name='embedding_done'),
        ),
        migrations.AddIndex(
            model_name='embedding',
            index=models.Index(condition=models.Q(('status', 'done'), _negated=True), fields=['model', 'kind', 'status'], name='embedding_unfinished'),
        ),
    ]
