"""Groups of countries that a merchant adds at once."""

from django.utils.translation import gettext_lazy as _
from django_countries import countries

# The European Union since 2020.
EU = frozenset(
    {"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"}
    | {"IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"}
)
REGIONS = {
    "eu": (_("The European Union"), EU),
    "north-america": (_("The USA and Canada"), frozenset({"US", "CA"})),
    "world": (_("All countries"), frozenset(code for code, _name in countries)),
}
