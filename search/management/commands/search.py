"""The same search as the page, from a terminal."""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError

from search.presentation import as_data
from search.query import Leg, SearchForm
from search.service import PageNotFound, SearchPage, SearchUnavailable, search


class Command(BaseCommand):
    help = "Searches the catalogue by words, by a picture, or by both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("q", nargs="?", default="", metavar="WORDS")
        parser.add_argument("--image", type=Path, metavar="FILE", help="a photo to look for")
        parser.add_argument("--like", default="", metavar="HANDLE", help="similar to this product")
        parser.add_argument("--category", default="", metavar="SLUG")
        parser.add_argument("--price-min", default="")
        parser.add_argument("--price-max", default="")
        parser.add_argument("--in-stock", action="store_true")
        parser.add_argument("--brand", default="", metavar="NAME")
        parser.add_argument("--color", default="", metavar="SLUG")
        parser.add_argument("--size", default="", metavar="SLUG")
        parser.add_argument("--legs", default="", help=f"only these, of {','.join(Leg)}")
        parser.add_argument("--page", default="")
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
        names = [name for name in SearchForm.base_fields if name != "image"]
        form = SearchForm({name: options[name] for name in names}, files)
        if not form.is_valid():
            raise CommandError(
                "\n".join(
                    (f"{name.replace('_', '-')}: " if name != "__all__" else "") + str(message)
                    for name, messages in form.errors.items()
                    for message in messages
                )
            )
        try:
            page = search(form.query)
        except (PageNotFound, SearchUnavailable) as error:
            raise CommandError(str(error)) from error
        try:
            self._print(page, as_json=options["json"])
        except BrokenPipeError:  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _print(self, page: SearchPage, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(as_data(page), indent=2, ensure_ascii=False))
            return
        if page.notice:
            self.stderr.write(page.notice)
        self.stdout.write(f"{page.total} products, page {page.number} of {page.pages}")
        for result in page.results:
            stock = "" if result.in_stock else "  (sold out)"
            self.stdout.write(
                f"{result.score:.3f}  {result.product.title}  [{result.product.category.name}]"
                f"  {result.variant.price}  {result.variant.sku}{stock}"
            )
