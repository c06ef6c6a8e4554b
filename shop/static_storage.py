"""How static files are stored in production."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "js/*.js"


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Where one ES module of ours imports another, it names the hashed file: browsers keep both for
    good, and no module meets another version of what it imports. What only people read, comments
    and indentation, is left out of them, a fifth of what they weigh.

    Ours alone: what others ship is not written for Django's patterns, which read it as text.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (OURS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )

    def _save(self, name: str, content: Any) -> str:
        if fnmatch(name, OURS):
            script = without_comments(b"".join(content.chunks()).decode())
            content = ContentFile(script.encode(), name)
        saved: str = super()._save(name, content)
        return saved


def without_comments(script: str) -> str:
    """Without indentation, empty lines, and comments that have lines to themselves.

    Lines are all that is looked at, so no string may go on over several: tests say that none does.
    """
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not _is_comment(line))


def _is_comment(line: str) -> bool:
    return line.startswith("//") or (line.startswith("/*") and line.endswith("*/"))
