#!/usr/bin/env python
"""Django's command-line tool for Vitrine."""

import os
import sys

from shop import embedded


def main() -> None:
    try:
        embedded.configure()
    except embedded.EmbeddedError as error:
        sys.exit(f"vitrine: {error}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    from django.core.management import execute_from_command_line
    from django.utils import translation

    # Commands speak English, whatever the shop's language; requests and tasks choose their own.
    translation.deactivate_all()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
