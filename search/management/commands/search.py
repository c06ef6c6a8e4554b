"""The same search as the page, from a terminal."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import hints
from search.asked import SearchUnavailable
from search.forms import SearchForm
from search.presentation import as_data, described
from search.query import Leg
from search.service import PageNotFound, SearchPage, search
from shop.catalog.models import Attribute

QUOTED = 'Words go in quotes, and behind -- where they begin with "-": search -- "-red boots".'


class Command(BaseCommand):
    help = "Searches the catalogue by words, by a picture, or by both."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, epilog=QUOTED, **kwargs)
        complain = parser.error

        def error(message: str) -> Any:
            # "-red" is no option, "red boots" without quotes one word too many, and "-velvet" is
            # taken for -v.
            mistaken = "unrecognized" in message or "-v/--verbosity" in message
            complain(f"{message}. {QUOTED}" if mistaken else message)

        parser.error = error  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("q", nargs="?", default="", metavar="WORDS")
        parser.add_argument("--image", type=Path, metavar="FILE", help="a photo to look for")
        parser.add_argument("--crop", default="", metavar="L,T,R,B", help="the part that is meant")
        parser.add_argument("--like", default="", metavar="HANDLE", help="similar to this product")
        parser.add_argument("--looks", default="", metavar="WORDS", help="for pictures alone")
        parser.add_argument("--about", default="", metavar="WORDS", help="for descriptions alone")
        parser.add_argument("--more", default="", metavar="HANDLES", help="more like these")
        parser.add_argument("--less", default="", metavar="HANDLES", help="less like these")
        parser.add_argument("--category", default="", metavar="SLUG")
        parser.add_argument("--price-min", default="")
        parser.add_argument("--price-max", default="")
        parser.add_argument("--in-stock", action="store_true")
        parser.add_argument("--brand", default="", metavar="NAME")
        parser.add_argument("--color", default="", metavar="SLUG")
        parser.add_argument("--size", default="", metavar="SLUG")
        parser.add_argument("--picture-color", default="", metavar="NAME", help="by its pixels")
        parser.add_argument(
            "--attribute",
            nargs=2,
            action="append",
            default=[],
            metavar=("SLUG", "VALUE"),
            help="of any attribute, and of its value: --attribute material leather",
        )
        parser.add_argument("--legs", default="", help=f"only these, of {','.join(Leg)}")
        parser.add_argument(
            "--weights", default="", metavar="LEG:NUMBER,...", help="instead of the usual ones"
        )
        parser.add_argument(
            "--sort", default="", metavar="ORDER", help="price, newest, or --sort=-price"
        )
        parser.add_argument("--page", default="")
        parser.add_argument("--explain", action="store_true", help="say how the search was done")
        parser.add_argument("--describe", action="store_true", help="say what the photo shows")
        parser.add_argument("--json", action="store_true", help="the object that the API gives")

    def handle(self, *args: Any, **options: Any) -> None:
        files = {}
        if options["image"] is not None:
            try:
                data = options["image"].read_bytes()
            except OSError as error:
                raise CommandError(
                    f"{options['image']} cannot be read: {error.strerror}."
                ) from error
            files["image"] = SimpleUploadedFile(options["image"].name, data)
        names = [name for name in SearchForm.base_fields if name in options and name != "image"]
        values = {name: options[name] for name in names}
        for slug, value in options["attribute"]:
            _check_attribute(slug, value, values)
            values[slug] = value
        form = SearchForm(values, files)
        if not form.is_valid():
            raise CommandError(
                "\n".join(
                    (f"{name.replace('_', '-')}: " if name != "__all__" else "") + str(message)
                    for name, messages in form.errors.items()
                    for message in messages
                )
            )
        if options["crop"] and not files:
            raise CommandError("crop: A part is of a photo, so name one with --image.")
        try:
            page = search(form.query)
        except (PageNotFound, SearchUnavailable) as error:
            raise CommandError(str(error)) from error
        try:
            photo = described(form) if options["describe"] else {}
            self._print(page, photo, as_json=options["json"], explain=options["explain"])
        except BrokenPipeError:  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(
        self, page: SearchPage, photo: Mapping[str, Any], *, as_json: bool, explain: bool
    ) -> None:
        if as_json:
            data = as_data(page, explain=explain) | ({"photo": photo} if photo else {})
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
            return
        if photo:
            seen = [f"{color['label']} {color['share']:.0%}" for color in photo["colors"]]
            seen += [f"{one['label']} {one['confidence']:.0%}" for one in photo["attributes"]]
            self.stdout.write(f"seen in it: {', '.join(seen)}")
            if photo["subject"]:
                self.stdout.write(f"its subject: --crop {photo['subject']}")
        if page.notice:
            self.stderr.write(page.notice)
        for said, meant in page.corrected.items():
            self.stderr.write(f"No product has the word “{said}”: searched for “{meant}”.")
        if page.nothing_close:
            self.stderr.write("Nothing close to that.")
        many = f"{'' if page.counted else 'more than '}{page.total:,}"
        products = "product" if page.total == 1 else "products"
        self.stdout.write(f"{many} {products}, page {page.number} of {page.pages}")
        for result in page.results:
            stock = "" if result.in_stock else "  (sold out)"
            self.stdout.write(
                f"{result.score:.3f}  {result.product.title}  [{result.product.category.name}]"
                f"  {result.variant.price}  {result.variant.sku}{stock}"
            )
            if explain:
                why = [
                    f"“{match.said}”"
                    + (f", found as “{match.word}”," if match.word != match.said else "")
                    + f" in {match.place}"
                    for match in result.words
                ]
                why += ["pinned by the shop"] if result.pinned else []
                why += [f"{leg} {share:.0%}" for leg, share in result.parts.items()]
                self.stdout.write(f"       {', '.join(why)}")
        if explain:
            ways = page.facts.ways
            for stage, milliseconds in page.facts.milliseconds.items():
                self.stdout.write(
                    f"{milliseconds:9.2f} ms  {stage}  {ways.get(stage, '')}".rstrip()
                )


def _check_attribute(slug: str, value: str, values: dict[str, Any]) -> None:
    """Raises `CommandError` for an attribute that nothing can be narrowed by, or by two values."""
    known = Attribute.objects.exclude(slug__in=SearchForm.base_fields)
    slugs = ["color", "size", *known.order_by("slug").values_list("slug", flat=True)]
    if slug not in slugs:
        raise CommandError(
            f"attribute: There is no attribute “{slug}”.{hints.instead(slug, slugs)}"
        )
    if values.get(slug) and values[slug] != value:
        raise CommandError(
            f"attribute: “{slug}” is to be both “{values[slug]}” and “{value}”: say one of them."
        )
