from django.db import migrations

# Who changed what is read by time, of one person and of one kind of thing too; Django's own table
# has no such indexes, and grows for as long as the shop runs.
INDEXES = {
    "log_by_time": "(action_time, id)",
    "log_by_person": "(user_id, action_time, id)",
    "log_by_kind": "(content_type_id, action_time, id)",
}


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_trust_addresses_of_superusers"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX IF NOT EXISTS {name} ON django_admin_log {columns}",
            f"DROP INDEX IF EXISTS {name}",
        )
        for name, columns in INDEXES.items()
    ]
