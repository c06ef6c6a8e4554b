"""Receivers: whose e-mail address is trusted, and roles after each migration."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.apps import AppConfig, apps
from django.contrib.auth.models import User
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

from shop.accounts import roles


@receiver(post_save, sender=User)
def trust_address_of_superuser(instance: User, created: bool, raw: bool, **_: Any) -> None:
    """Whoever makes a superuser sits at the server: that address needs no confirming.

    It could not be confirmed anyway in a shop whose mail is not set up yet.
    """
    if created and not raw and instance.is_superuser and instance.email:
        taken = EmailAddress.objects.filter(email__iexact=instance.email, verified=True)
        EmailAddress.objects.get_or_create(
            user=instance,
            email=instance.email.lower(),
            defaults={"verified": not taken.exists(), "primary": True},
        )


@receiver(password_reset)
def trust_address_of_mailed_link(user: User, **_: Any) -> None:
    """Who opened the link to set a password has the mailbox: no second mail has to ask.

    With a single address only, for else the link may have gone to another.
    """
    address = user.email.lower()
    others = EmailAddress.objects.filter(user=user).exclude(email__iexact=address)
    taken = EmailAddress.objects.filter(email__iexact=address, verified=True)
    if address and not others.exists() and not taken.exists():
        EmailAddress.objects.update_or_create(
            user=user, email=address, defaults={"verified": True, "primary": True}
        )


@receiver(post_migrate)
def apply_roles(sender: AppConfig, **_: Any) -> None:
    """Once, after the last app, when all permissions are there."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender == last:
        roles.apply()
