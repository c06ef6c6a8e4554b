"""The pictures of a product: those that it has, and those that come beside the file or by address.

A picture that the product has already is known by the hash of its bytes, or by the address from
which it once came, and is neither decoded nor fetched again. So is one of our own export, by the
name of its file or by its bytes, which are those that we store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.catalog.images import ImageRejected, TakenImage, take_in
from shop.catalog.importing.data import PictureData, ProductData
from shop.catalog.importing.fetching import Fetcher
from shop.catalog.importing.report import Tally
from shop.catalog.importing.source import PictureUnavailable, Source, is_address
from shop.catalog.models import FetchedPicture, Product, ProductImage

AT_ONCE = 4  # so many pictures are fetched at the same time
# What we call the file of a picture: nobody else has this name.
OWN_NAME = re.compile(r"products/[0-9a-f]{32}\.jpg")


@dataclass
class Picked:
    """A picture: a row that the product has, or one to be added (of a plan, nothing of it)."""

    row: ProductImage | None = None
    taken: TakenImage | None = None
    alt: str = ""


class PicturePicker:
    """Finds the pictures that a product's file names.

    `planning`: no picture is decoded and none fetched; of a product that has pictures, those of
    the file are read, to know them again. Without a `fetcher` addresses are told as a problem,
    unless what stands there is known. With `again`, known addresses are fetched like new ones.
    """

    def __init__(
        self,
        source: Source,
        tally: Tally,
        *,
        fetcher: Fetcher | None,
        planning: bool,
        again: bool,
        dry_run: bool,
    ) -> None:
        self._source = source
        self._tally = tally
        self._fetcher = fetcher
        self._planning = planning
        self._again = again
        self._dry_run = dry_run

    def pick(self, data: ProductData, former: Product | None) -> dict[str, Picked]:
        """The pictures by path; two paths with one picture share it."""
        has = _Has(former)
        names = {picture.path: _own_name(picture.path) for picture in data.pictures}
        picked: dict[str, Picked] = {}
        remembered = self._remembered(
            one for one in data.pictures if names[one.path] not in has.by_name
        )
        unknown = []
        for picture in data.pictures:
            name = names[picture.path]
            found = has.by_name.get(name) if name else None
            if found is None and picture.path in remembered and not self._again:
                found = has.by_source.get(remembered[picture.path])
            if found is None:
                unknown.append(picture)
            else:
                _take(picked, picture, found)
        fetched = self._fetch([one.path for one in unknown if is_address(one.path)], names)
        for picture in unknown:
            try:
                _take(picked, picture, self._find(picture, has, fetched))
            except PictureUnavailable as error:
                self._tally.skip(picture.line, data.slug, str(error), costs="picture")
            except ImageRejected as error:
                message = _("the picture %(path)s: %(problem)s") % {
                    "path": repr(picture.path[:200]),
                    "problem": " ".join(error.messages),
                }
                self._tally.skip(picture.line, data.slug, message, costs="picture")
        # In the order of the file, whichever were known.
        return {one.path: picked[one.path] for one in data.pictures if one.path in picked}

    def _find(
        self, picture: PictureData, has: _Has, fetched: dict[str, bytes | TakenImage | Exception]
    ) -> Picked:
        """The picture at a path that is not known by its name."""
        path = picture.path
        source: bytes | TakenImage
        if is_address(path):
            if path not in fetched:  # of a plan
                if self._fetcher is None:
                    raise _not_fetched(path)
                self._tally.counts["pictures to fetch"] += 1
                return Picked()
            answer = fetched[path]
            if isinstance(answer, Exception):
                raise answer
            source = answer
        elif self._planning and not has.by_source:
            self._source.check_picture(path)
            return Picked()
        else:
            source = self._source.read_picture(path)
        if isinstance(source, TakenImage):  # of our own storage
            return has.by_content.get(source.content_hash) or has.add(source)
        digest = sha256(source).hexdigest()
        found = has.by_source.get(digest) or has.by_content.get(digest)
        if found is not None:
            self._remember(path, digest)
            return found
        if self._planning:
            return has.by_source.setdefault(digest, Picked())
        taken = take_in(source, name=path)
        self._remember(path, digest)
        return has.by_content.get(taken.content_hash) or has.add(taken)

    # --- By address -------------------------------------------------------------------------------

    def _remembered(self, pictures: Iterable[PictureData]) -> dict[str, str]:
        """What addresses are known to hold: hashes of sources by address."""
        hashes = {_hash(one.path): one.path for one in pictures if is_address(one.path)}
        if not hashes:
            return {}
        rows = FetchedPicture.objects.filter(url_hash__in=hashes)
        return {hashes[key]: held for key, held in rows.values_list("url_hash", "source_hash")}

    def _remember(self, path: str, source_hash: str) -> None:
        if is_address(path) and not self._dry_run:
            row = FetchedPicture(
                url_hash=_hash(path), source_hash=source_hash, fetched_at=timezone.now()
            )
            FetchedPicture.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["url_hash"],
                update_fields=["source_hash", "fetched_at"],
            )

    def _fetch(
        self, paths: list[str], names: dict[str, str]
    ) -> dict[str, bytes | TakenImage | Exception]:
        """What stands at addresses, or why it could not be had; of our own, what is stored."""
        found: dict[str, bytes | TakenImage | Exception] = {}
        own = {names[path]: path for path in paths if names[path]}
        for row in ProductImage.objects.filter(image__in=own).order_by("pk") if own else ():
            found[own[row.image.name]] = _stored(row)
        rest = [path for path in dict.fromkeys(paths) if path not in found]
        if self._planning or not rest:
            return found
        if self._fetcher is None:
            return {**found, **{path: _not_fetched(path) for path in rest}}
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            for path, answer in zip(rest, pool.map(self._ask, rest), strict=True):
                found[path] = answer
                self._tally.counts["pictures fetched"] += isinstance(answer, bytes)
        return found

    def _ask(self, path: str) -> bytes | Exception:
        if self._fetcher is None:
            return _not_fetched(path)
        try:
            return self._fetcher.fetch(path)
        except PictureUnavailable as error:
            return error


class _Has:
    """The pictures that a product has, by whatever they are known by."""

    def __init__(self, former: Product | None) -> None:
        rows = list(former.images.all()) if former is not None and former.pk else []
        has = [Picked(row) for row in rows]
        self.by_source = {one.row.source_hash: one for one in has if one.row}
        self.by_content = {one.row.content_hash: one for one in has if one.row}
        self.by_name = {one.row.image.name: one for one in has if one.row}

    def add(self, taken: TakenImage) -> Picked:
        new = Picked(taken=taken)
        self.by_content[taken.content_hash] = self.by_source[taken.source_hash] = new
        return new


def _take(picked: dict[str, Picked], picture: PictureData, found: Picked) -> None:
    found.alt = found.alt or picture.alt
    picked[picture.path] = found


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()


def _own_name(path: str) -> str:
    """The name in our storage of what stands at one of our own addresses; else nothing.

    Which host the address names is not asked: shops move, and are exported under other names.
    """
    if not is_address(path):
        return ""
    base = urlsplit(default_storage.url("")).path
    try:
        name = urlsplit(path).path
    except ValueError:
        return ""
    name = name.removeprefix(base) if base and name.startswith(base) else ""
    return name if OWN_NAME.fullmatch(name) else ""


def _stored(row: ProductImage) -> TakenImage | PictureUnavailable:
    """A picture that we store already, of another product: as it is."""
    try:
        with row.image.storage.open(row.image.name, "rb") as file:
            data = file.read()
    except OSError:
        return PictureUnavailable(
            _("the picture %(path)s is missing from the shop's storage")
            % {"path": repr(row.image.name)}
        )
    return TakenImage(
        data=data,
        suffix=".jpg",
        width=row.width,
        height=row.height,
        content_hash=row.content_hash,
        source_hash=row.source_hash,
    )


def _not_fetched(path: str) -> PictureUnavailable:
    return PictureUnavailable(
        _(
            "the picture at %(url)s is not fetched from the net: allow it for this import, or put "
            "the picture beside the file"
        )
        % {"url": path[:200]}
    )
