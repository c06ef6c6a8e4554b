"""Which photos show one product, by the name of the file, its folder, a SKU, or how they look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.db.models import QuerySet

from shop.catalog.models import ProductImage, Variant
from shop.intake import parts
from shop.intake.models import Batch, Draft, File, Way
from shop.intake.names import common_of, is_named_by_folder, stem_of

# Photos in a folder that their names say nothing of: more are hardly of one thing.
MOST_OF_ONE = 24
LEAST_SKU = 3  # characters: a file called 1.jpg is no picture of the SKU 1
_SEPARATORS = " _.-–()"


@dataclass
class Group:
    """Photos (keys of `ProductImage`, in order) that are to be one draft.

    `draft`: the key of the draft that they are to be in, if there is one. `common`: what they
    share. `target`: the key of an existing product that they are proposed for.
    """

    images: list[int]
    draft: int | None = None
    common: str = ""
    target: int | None = None
    first: File | None = field(default=None, repr=False)


def open_images(batch: Batch) -> QuerySet[ProductImage]:
    """The photos of all drafts that are still to be looked at, as they were dropped."""
    drafts = batch.drafts.filter(state=Draft.State.OPEN)
    images = ProductImage.objects.filter(product__draft__in=drafts)
    return images.select_related("file").order_by("file__place", "pk")


def propose(batch: Batch, way: str) -> list[Group]:
    """How the photos of the batch would be put together; writes nothing."""
    images = list(open_images(batch))
    files = {image.pk: _file_of(image) for image in images}
    if way == Way.LOOKS:
        return _by_looks(list(files), files)
    known = [file for file in files.values() if file is not None]
    commons = common_for(way, known)
    groups: dict[object, Group] = {}
    for pk, file in files.items():
        common, target = commons[file.pk] if file else ("", None)
        name = common or ("alone", pk)
        group = groups.setdefault(name, Group([], common=common, target=target, first=file))
        group.images.append(pk)
    return list(groups.values())


def _file_of(image: ProductImage) -> File | None:
    return getattr(image, "file", None)


def _by_looks(keys: list[int], files: dict[int, File | None]) -> list[Group]:
    groups: list[list[int]] = [group for grouper in parts.groupers for group in grouper(keys)]
    together: dict[int, list[int]] = {key: [key] for key in keys}
    for group in groups:  # of several apps; a picture that two name joins them
        members = [key for key in group if key in together]
        joined = list(dict.fromkeys(one for key in members for one in together[key]))
        for one in joined:
            together[one] = joined
    order = {key: place for place, key in enumerate(keys)}
    seen: dict[int, list[int]] = {id(one): one for one in together.values()}
    found = [sorted(one, key=order.__getitem__) for one in seen.values()]
    found.sort(key=lambda one: order[one[0]])
    return [Group(one, first=files[one[0]]) for one in found]


def common_for(way: str, files: Sequence[File]) -> dict[int, tuple[str, int | None]]:
    """What each file (by key) of a batch has in common with those it belongs to, "" for one by
    itself; and the existing product that it is proposed for.

    By name, photos whose names say nothing (a camera's) go together by the folder that they lie in,
    where it is a folder of one thing: see `folders_of_one_thing`.
    """
    if way in (Way.LOOKS, Way.NOTHING):
        return {file.pk: ("", None) for file in files}
    by_sku = products_by_sku([file.name for file in files]) if way == Way.SKU else {}
    of_one = folders_of_one_thing(files) if way != Way.FOLDER else set()
    found: dict[int, tuple[str, int | None]] = {}
    for file in files:
        by_folder = way == Way.FOLDER or (file.folder in of_one and _needs_folder(file))
        if target := by_sku.get(file.name):
            found[file.pk] = f"sku:{target}", target
        elif file.folder and by_folder:
            found[file.pk] = f"folder:{file.folder}"[-255:], None
        else:
            # Names are compared within a folder: two may both hold a front.jpg.
            found[file.pk] = f"name:{file.folder[-40:]}:{common_of(file.name)}"[:255], None
    return found


def folders_of_one_thing(files: Sequence[File]) -> set[str]:
    """Which folders of these files of a batch are taken to hold the photos of one product.

    Those that have a name by which a product may be known (not DCIM or 2024-05-01), in which no
    other folder lies, and with at most `MOST_OF_ONE` photos whose names say nothing: a day's photos
    dropped as one folder are of many things. What was announced counts, so that the first photo
    that arrives is judged as the last one is.
    """
    wanted = {file.folder for file in files if _needs_folder(file)}
    if not wanted:
        return set()
    there = File.objects.filter(batch=files[0].batch_id)
    if len(wanted) == 1:
        there = there.filter(folder__startswith=next(iter(wanted)))
    stems: dict[str, set[str]] = {folder: set() for folder in wanted}
    holding: set[str] = set()
    for file in there.only("folder", "name"):
        holding.update(str(one) for one in PurePosixPath(file.folder).parents)
        if file.folder in wanted and _needs_folder(file):
            stems[file.folder].add(stem_of(file.name))  # a camera's raw file is no second photo
    return {one for one, names in stems.items() if len(names) <= MOST_OF_ONE} - holding


def _needs_folder(file: File) -> bool:
    return is_named_by_folder(file.name, file.folder)


def products_by_sku(names: Iterable[str]) -> dict[str, int]:
    """For each name of a file that begins with the SKU of a product on sale or not: its key."""
    candidates = {name: _sku_candidates(name) for name in names}
    wanted = {one for several in candidates.values() for one in several}
    variants = Variant.objects.filter(sku__in=wanted).exclude(product__draft__state__in=_WAITING)
    owners = dict(variants.values_list("sku", "product"))
    return {
        name: next(owners[one] for one in several if one in owners)
        for name, several in candidates.items()
        if any(one in owners for one in several)
    }


_WAITING = (Draft.State.OPEN, Draft.State.GOING)


def _sku_candidates(name: str) -> list[str]:
    """The beginnings of a file's name that may be a SKU, the longest first."""
    stem = stem_of(name)
    ends = [len(stem), *(at for at in range(len(stem) - 1, 0, -1) if stem[at] in _SEPARATORS)]
    found: dict[str, None] = {}
    for end in ends:
        start = stem[:end].strip()
        if len(start) < LEAST_SKU:
            continue
        dashed = start.replace("_", "-").replace(" ", "-")
        for one in (start, start.upper(), start.lower(), dashed, dashed.upper(), dashed.lower()):
            found[one] = None
    return list(found)
