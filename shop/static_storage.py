"""How static files are stored in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Where one ES module of ours imports another, it names the hashed file: browsers keep both for
    good, and no module meets another version of what it imports.

    Ours alone: what others ship is not written for Django's patterns, which read it as text.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
