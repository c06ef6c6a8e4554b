"""Superusers from before there were confirmed addresses go on logging in."""

from django.db import migrations


def trust(apps, schema_editor):
    User = apps.get_model("auth", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in User.objects.filter(is_superuser=True).exclude(email=""):
        if not EmailAddress.objects.filter(user=user).exists():
            email = user.email.lower()
            taken = EmailAddress.objects.filter(email=email, verified=True).exists()
            EmailAddress.objects.create(user=user, email=email, verified=not taken, primary=True)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_addresses_and_roles"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(trust, migrations.RunPython.noop)]
