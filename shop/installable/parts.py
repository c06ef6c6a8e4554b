"""Places where another app adds to the web manifest. It appends in its `AppConfig.ready()`; what it
appends is called in the shop's language, and gives members of the manifest as the standard has
them."""

from collections.abc import Callable
from typing import Any

# What a long press on the app's icon offers, each a `ShortcutItem`.
shortcuts: list[Callable[[], dict[str, Any]]] = []
# Where things go that a phone shares into the shop, a `ShareTarget`. The first counts: the manifest
# has one.
share_targets: list[Callable[[], dict[str, Any]]] = []
