from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunSQL(
            # Over 1,000 dimensions a halfvec would be moved out of line (TOAST), which the
            # planner does not cost and scans pay for sevenfold: keep it in the row.
            "ALTER TABLE search_embedding ALTER COLUMN vector SET STORAGE PLAIN",
            "ALTER TABLE search_embedding ALTER COLUMN vector SET STORAGE EXTENDED",
        ),
        migrations.RunSQL(
            # The full-text leg. An index on the expression, not a column: it follows every way
            # of writing a product. `search.retrieval.DOCUMENT` is the same expression.
            """
            CREATE INDEX search_product_words ON catalog_product USING gin ((
                setweight(to_tsvector('english', title), 'A')
                || setweight(to_tsvector('english', brand), 'B')
                || setweight(to_tsvector('english', description), 'D')
            ))
            """,
            "DROP INDEX search_product_words",
        ),
    ]
