"""Names for models, and the forms in which any model can be named."""

import os
import re
from pathlib import Path

from django.conf import settings

from search.encoders.base import EncoderUnavailable

# Relative directories are looked up under settings.BASE_DIR.
PRESETS = {
    # Bundled: small, trained on the demo's drawings.
    "vitrine-mini": "local-dir:models/vitrine-mini",
    # General, small: 512 dimensions, English.
    "clip-vit-b-32": "ViT-B-32/laion2b_s34b_b79k",
    # Trained on fashion products.
    "marqo-fashionsiglip": "hf-hub:Marqo/marqo-fashionSigLIP",
    "marqo-fashionclip": "hf-hub:Marqo/marqo-fashionCLIP",
    # Trained on products of every kind; -L is more accurate and about three times slower.
    "marqo-ecommerce-b": "hf-hub:Marqo/marqo-ecommerce-embeddings-B",
    "marqo-ecommerce-l": "hf-hub:Marqo/marqo-ecommerce-embeddings-L",
    # General, understands some hundred languages.
    "clip-multilingual": "xlm-roberta-base-ViT-B-32/laion5b_s13b_b90k",
}

_HUB = re.compile(r"hf-hub:[\w.-]+/[\w.-]+")
_ARCHITECTURE = re.compile(r"[\w.-]+/[\w.-]+")
_REMOTE = re.compile(r"oip:https?://[^/\s]+(/[\w./-]*)?/[\w.-]+")


def resolve(name_or_reference: str) -> str:
    """The full reference of a preset (in any case) or of a reference.

    A directory comes back absolute: a relative one is under `settings.BASE_DIR`, wherever the
    process was started. Nothing is looked up; whether the model exists is found when it is
    loaded. Raises `EncoderUnavailable` for what is neither a preset nor a reference.
    """
    given = name_or_reference.strip()
    reference = PRESETS.get(given.lower(), given)
    if reference.startswith("local-dir:"):
        directory = reference.removeprefix("local-dir:").strip()
        if directory:
            path = Path(directory).expanduser()
            if not path.is_absolute():
                path = Path(settings.BASE_DIR) / path
            return f"local-dir:{os.path.normpath(path)}"
    elif any(form.fullmatch(reference) for form in (_HUB, _ARCHITECTURE, _REMOTE)):
        return reference
    raise EncoderUnavailable(
        f"There is no model named {name_or_reference!r}. Use one of the presets ("
        + ", ".join(PRESETS)
        + ") or a reference: local-dir:PATH (a directory with open_clip_config.json and "
        "weights), hf-hub:ORG/NAME, architecture/pretrained-tag, or "
        "oip:http://HOST:PORT/MODEL for a model server."
    )


def local_directory(reference: str) -> Path | None:
    """The directory of a resolved `local-dir:` reference; None for the other forms.

    Raises `EncoderUnavailable` when the directory or its configuration is missing.
    """
    if not reference.startswith("local-dir:"):
        return None
    directory = Path(reference.removeprefix("local-dir:"))
    if not directory.is_dir():
        raise EncoderUnavailable(
            f"The model directory {directory} does not exist. Check the path, or put a model "
            "there: open_clip_config.json and its weights file."
        )
    if not (directory / "open_clip_config.json").is_file():
        raise EncoderUnavailable(
            f"The model directory {directory} has no open_clip_config.json. Copy it from where "
            "the weights came from, or save the model with open_clip's own functions."
        )
    return directory
