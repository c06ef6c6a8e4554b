"""What the pages call formats, and how they say how long something takes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.exchange.models import Run
from shop.formats import number


@dataclass(frozen=True)
class Format:
    name: str  # as the importer and the exporter know it
    in_names: str  # of files
    label: Promise
    good_for: Promise


FORMATS = [
    Format(
        "xlsx",
        "excel",
        gettext_lazy("Excel workbook (XLSX)"),
        gettext_lazy("To look at, and to edit and import again. One row for each variant."),
    ),
    Format(
        "csv",
        "spreadsheet",
        gettext_lazy("Spreadsheet (CSV)"),
        gettext_lazy("The same as a text file, for any spreadsheet, however many products."),
    ),
    Format(
        "shopify",
        "shopify",
        gettext_lazy("Shopify CSV"),
        gettext_lazy("For a shop at Shopify, and for what reads its files."),
    ),
    Format(
        "google-tsv",
        "google-tsv",
        gettext_lazy("Google Merchant feed (TSV)"),
        gettext_lazy("What is on sale, for Google Merchant Center and others that read its feeds."),
    ),
    Format(
        "google-xml",
        "google-xml",
        gettext_lazy("Google Merchant feed (XML)"),
        gettext_lazy("The same as XML."),
    ),
]
_BY_NAME = {one.name: one for one in FORMATS}


def format_label(name: str) -> str:
    found = _BY_NAME.get(name)
    return str(found.label) if found else name


def name_part(name: str) -> str:
    """The format in the name of a file, so that no two formats of a day overwrite each other."""
    found = _BY_NAME.get(name)
    return found.in_names if found else name


def time_left(run: Run) -> str:
    """Roughly how long it will take on, empty while nobody knows."""
    if run.left is None:
        return ""
    seconds = round(run.left.total_seconds())
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 90:
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
            "count": minutes
        }
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour left", "about %(count)d hours left", hours) % {
        "count": hours
    }


def speed(run: Run) -> str:
    """Products a second, or a minute where that is few."""
    if not run.rate:
        return ""
    if run.rate >= 2:
        return _("%(count)s products a second") % {"count": number(round(run.rate))}
    return _("%(count)s products a minute") % {"count": number(max(1, round(60 * run.rate)))}
