"""Pictures that show the same: what they are compared by, and pairs of them.

Triggers: a picture is embedded -> it is due to be compared. Its file changes -> its pairs are gone,
for they were of another picture.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


TRIGGERS = """
CREATE FUNCTION search_on_picture_embedded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search_picturesignature AS row
           (image_id, content_hash, version, due_at, attempts, error)
    VALUES (NEW.image_id, '', 0, now(), 0, '')
        ON CONFLICT (image_id) DO UPDATE SET due_at = now(), attempts = 0
     WHERE row.content_hash <> NEW.content_hash;
    RETURN NULL;
END $$;
CREATE TRIGGER search_picture_embedded AFTER UPDATE OF status ON search_embedding
    FOR EACH ROW WHEN (NEW.kind = 'image' AND NEW.status = 'done' AND OLD.status <> 'done')
    EXECUTE FUNCTION search_on_picture_embedded();
CREATE TRIGGER search_picture_embedded_at_once AFTER INSERT ON search_embedding
    FOR EACH ROW WHEN (NEW.kind = 'image' AND NEW.status = 'done')
    EXECUTE FUNCTION search_on_picture_embedded();

CREATE FUNCTION search_on_picture_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_duplicatepair WHERE image_id = NEW.id OR other_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER search_picture_replaced AFTER UPDATE OF content_hash ON catalog_productimage
    FOR EACH ROW WHEN (NEW.content_hash <> OLD.content_hash)
    EXECUTE FUNCTION search_on_picture_replaced();
"""

DROP = "DROP FUNCTION search_on_picture_embedded, search_on_picture_replaced CASCADE"

# The pictures that are embedded already.
FILL = """
INSERT INTO search_picturesignature (image_id, content_hash, version, due_at, attempts, error)
SELECT DISTINCT image_id, '', 0, now(), 0, '' FROM search_embedding
 WHERE kind = 'image' AND status = 'done'
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_image_without_avif'),
        ('search', '0019_named_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('similarity', models.FloatField(help_text='From 0 to 1; 1 for one and the same file.')),
                ('exact', models.BooleanField(help_text='Whether it is one and the same file.')),
                ('state', models.CharField(choices=[('open', 'Open'), ('same', 'The same picture'), ('different', 'Not the same')], default='open', max_length=9, verbose_name='state')),
                ('found_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'pair of pictures',
                'verbose_name_plural': 'pairs of pictures',
            },
        ),
        migrations.CreateModel(
            name='PictureSignature',
            fields=[
                ('image', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='signature', serialize=False, to='catalog.productimage')),
                ('signature', models.BinaryField(null=True)),
                ('content_hash', models.CharField(blank=True, max_length=64)),
                ('version', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='embedding',
            index=models.Index(condition=models.Q(('kind', 'image'), ('listed', False)), fields=['model', '-id'], name='embedding_of_drafts'),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='image',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='catalog.productimage'),
        ),
        migrations.AddField(
            model_name='duplicatepair',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs_as_other', to='catalog.productimage'),
        ),
        migrations.AddIndex(
            model_name='picturesignature',
            index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['attempts', 'due_at'], name='signature_due'),
        ),
        migrations.AddIndex(
            model_name='picturesignature',
            index=models.Index(condition=models.Q(('due_at__isnull', True)), fields=['version'], name='signature_version'),
        ),
        migrations.AddIndex(
            model_name='duplicatepair',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['-id'], name='pair_open'),
        ),
        migrations.AddIndex(
            model_name='duplicatepair',
            index=models.Index(condition=models.Q(('state', 'open'), _negated=True), fields=['-decided_at'], name='pair_decided'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.UniqueConstraint(fields=('image', 'other'), name='pair_once'),
        ),
        migrations.AddConstraint(
            model_name='duplicatepair',
            constraint=models.CheckConstraint(condition=models.Q(('image__lt', models.F('other'))), name='pair_in_order'),
        ),
        migrations.RunSQL(TRIGGERS, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
