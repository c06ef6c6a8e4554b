"""The models by name, in words for who chooses among them."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.encoders.presets import PRESETS

BUNDLED = "vitrine-mini"


@dataclass(frozen=True)
class Preset:
    """`label`, `about`: for people. `download`: MB of its weights, as its hub has them, about; 0:
    it is here. `reads_with_library`: whether it needs what requirements-models.txt installs."""

    name: str
    label: Promise | str
    about: Promise | str
    download: int = 0
    reads_with_library: bool = False

    @property
    def lacks_library(self) -> bool:
        """Whether this server cannot prepare it as it is."""
        return self.reads_with_library and importlib.util.find_spec("transformers") is None


DESCRIBED = (
    Preset(
        "marqo-fashionsiglip",
        _("Fashion"),
        _("Learnt from clothes, shoes and bags. The best choice for a fashion shop. English."),
        download=810,
        reads_with_library=True,
    ),
    Preset(
        "marqo-fashionclip",
        _("Fashion, lighter"),
        _("Learnt from clothes, shoes and bags, and somewhat faster. English."),
        download=600,
    ),
    Preset(
        "marqo-ecommerce-b",
        _("Products of every kind"),
        _("Learnt from millions of products: furniture, kitchens, toys, clothes. English."),
        download=810,
        reads_with_library=True,
    ),
    Preset(
        "marqo-ecommerce-l",
        _("Products of every kind, more accurate"),
        _("The same, larger: more accurate, and about three times slower. English."),
        download=2600,
        reads_with_library=True,
    ),
    Preset(
        "clip-vit-b-32",
        _("Anything"),
        _("Learnt from photographs of everything. Small and fast. English."),
        download=600,
    ),
    Preset(
        "clip-multilingual",
        _("Anything, in a hundred languages"),
        _("For shops whose texts, or whose shoppers’ words, are not in English."),
        download=1500,
        reads_with_library=True,
    ),
    Preset(
        BUNDLED,
        _("Small"),
        _(
            "Comes with the shop and is very fast. It was taught with drawings: it knows those of "
            "the demo best, and real photographs only fairly."
        ),
    ),
)
_BY_NAME = {preset.name: preset for preset in DESCRIBED}
assert set(_BY_NAME) == set(PRESETS)  # noqa: S101  (of this source, when it is loaded)


def label_of(name: str) -> str:
    """What to call a model: a preset's label with its name, or the name it was built by; of a
    folder its last part."""
    preset = _BY_NAME.get(name.lower())
    if preset:
        return f"{preset.label} ({preset.name})"
    return name.rstrip("/").rpartition("/")[2] if name.startswith("local-dir:") else name


def about(name: str) -> str:
    preset = _BY_NAME.get(name.lower())
    return str(preset.about) if preset else ""
