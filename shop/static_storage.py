"""How static files are stored in production."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from typing import Any

from django.core.files.base import ContentFile
from rcssmin import cssmin
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Of our own files alone: what others ship is small already, or not written for this.
SCRIPTS, SHEETS = "js/*.js", "css/*.css"
SMALLER: dict[str, Callable[[str], str]] = {SCRIPTS: jsmin, SHEETS: cssmin}


class SmallStorage(CompressedManifestStaticFilesStorage):
    """Scripts and stylesheets without comments and spaces, under names with their hash.

    Where one ES module imports another, it names the hashed file: browsers keep both for good, and
    no module meets another version of what it imports.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (SCRIPTS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def _save(self, name: str, content: Any) -> str:
        for pattern, smaller in SMALLER.items():
            if fnmatch(name, pattern):
                text = b"".join(content.chunks()).decode()
                content = ContentFile(smaller(text).encode(), name)
        saved: str = super()._save(name, content)
        return saved
