"""Items of an RSS 2.0 or Atom feed, one after another, whatever the length of the file.

Entities and what lies elsewhere are refused, depth and the size of an item are bounded, and nothing
but the item at hand is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from shop.catalog.importing.source import MAX_RECORD, ZIP_ERRORS, UnreadableFile

GOOGLE = "http://base.google.com/ns/1.0"
CUSTOM = "http://base.google.com/cns/1.0"
ATOM = "http://www.w3.org/2005/Atom"
ITEMS = ("item", "entry")
ROOTS = ("rss", "feed")
MAX_DEPTH = 20
MAX_PARTS = 5000  # elements of an item
CHUNK = 64 * 1024


def read_items(file: IO[bytes]) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Each item with the line where it begins: texts by name, custom ones as `c:name`."""
    target = _Items()
    parser = DefusedXMLParser(target=target, forbid_entities=True, forbid_external=True)
    target.expat = parser.parser
    try:
        while chunk := file.read(CHUNK):
            parser.feed(chunk)
            yield from target.take()
        parser.close()
        yield from target.take()
    except ParseError as error:
        line = error.position[0]
        raise UnreadableFile(
            _("The XML is damaged in line %(line)s: %(reason)s.") % {"line": line, "reason": error}
        ) from error
    except DefusedXmlException as error:
        raise UnreadableFile(
            _("The XML defines entities or leads to other files, which a product feed never needs.")
        ) from error
    except (ValueError, LookupError) as error:  # an encoding that is none
        raise UnreadableFile(
            _("The XML cannot be read: %(reason)s.") % {"reason": error}
        ) from error
    except ZIP_ERRORS as error:
        raise UnreadableFile(_("The table in the ZIP is damaged.")) from error


class _Items:
    """What the parser tells, gathered for one item at a time."""

    def __init__(self) -> None:
        self.expat: object = None
        self._ready: list[tuple[int, dict[str, list[str]]]] = []
        self._depth = 0
        self._item_depth = 0  # of the item at hand; 0 outside of one
        self._line = 0
        self._size = self._parts = 0
        self._text: list[str] = []
        self._found: dict[str, list[str]] = {}
        self._google: set[str] = set()  # names that the item has in Google's namespace

    def take(self) -> list[tuple[int, dict[str, list[str]]]]:
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._parts += 1
        namespace, name = _split(tag)
        if self._depth == 1 and name not in ROOTS:
            raise UnreadableFile(
                _(
                    "This XML is no product feed: it begins with <%(name)s>. A Google Merchant "
                    "feed is RSS 2.0 or Atom."
                )
                % {"name": name[:50]}
            )
        if self._depth > MAX_DEPTH:
            raise UnreadableFile(_("The XML is nested too deeply to be a product feed."))
        if not self._item_depth and name in ITEMS:
            self._item_depth = self._depth
            self._line = int(getattr(self.expat, "CurrentLineNumber", 0))
            self._found, self._google = {}, set()
            self._size = self._parts = 0
        self._check()
        if self._depth <= self._item_depth + 1:
            self._text = []
            if namespace == ATOM and name == "link" and "href" in attributes:
                self._text = [attributes["href"]]

    def data(self, text: str) -> None:
        self._size += len(text)
        self._check()
        if self._item_depth and self._depth == self._item_depth + 1:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._item_depth and self._depth == self._item_depth + 1:
            self._put(tag, "".join(self._text))
        elif self._depth == self._item_depth:
            self._ready.append((self._line, self._found))
            self._item_depth = self._size = self._parts = 0
        elif not self._item_depth:
            self._size = self._parts = 0
        self._depth -= 1

    def close(self) -> None:
        pass

    def _put(self, tag: str, text: str) -> None:
        namespace, name = _split(tag)
        if namespace == CUSTOM:
            name = f"c:{name}"
        elif namespace == GOOGLE and name in self._found and name not in self._google:
            self._found[name] = []  # what RSS has of this name says less
        if namespace == GOOGLE:
            self._google.add(name)
        elif name in self._google and namespace != CUSTOM:
            return
        self._found.setdefault(name, []).append(text)

    def _check(self) -> None:
        if self._size > MAX_RECORD or self._parts > MAX_PARTS:
            raise UnreadableFile(
                _("The item in line %(line)s has more than %(limit)s MB: this is no product feed.")
                % {"line": self._line, "limit": MAX_RECORD // 1024**2}
            )


def _split(tag: str) -> tuple[str, str]:
    """Namespace and name."""
    namespace, _brace, name = tag.rpartition("}")
    return namespace.removeprefix("{"), name
