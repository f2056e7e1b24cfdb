"""Opens a Visio drawing: its pages in order, and the masters and styles that shapes inherit from."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from visitor_register.files import formats
from visitor_register.files.zip_guard import check_sizes, tree

_DOCUMENT = "visio/document.xml"
_READ = ("visio/document.xml", "visio/_rels/", "visio/pages/", "visio/masters/")


@dataclass(frozen=True, slots=True)
class Master:
    """A shape of the stencil. `shapes`: its own shape and all parts of it by id; `root`: id of the shape itself."""

    name: str
    root: str
    shapes: Mapping[str, Element]


@dataclass(frozen=True, slots=True)
class PagePart:
    """One page in the foreground: its name, the settings of the page, and what is drawn on it."""

    name: str
    settings: Element
    content: Element


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole drawing. Tags have no namespace; masters and style sheets are found by id."""

    pages: tuple[PagePart, ...]
    masters: Mapping[str, Master]
    styles: Mapping[str, Element]


def open_drawing(path: Path) -> Drawing:
    """Read the parts of a drawing (.vsdx, .vsdm) that say who is on it. Macros and pictures are not touched.

    Raises:
        FileRefusedError: it is damaged, hostile, or far larger than a chart.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive, _is_read)
            styles = {one.get("ID", ""): one for one in _parsed(archive, _DOCUMENT).iter("StyleSheet")}
            masters = dict(_masters(archive))
            return Drawing(tuple(_pages(archive)), masters, styles)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError) as error:
        raise formats.refused("broken-zip") from error


def _pages(archive: zipfile.ZipFile) -> Iterator[PagePart]:
    """Yield the pages in the order of their tabs. Backgrounds hold frames and logos, nobody's post."""
    for page, content in _listed(archive, "pages"):
        if page.get("Background") != "1":
            settings = page.find("PageSheet")
            yield PagePart(
                page.get("Name") or page.get("NameU") or "",
                settings if settings is not None else Element("PageSheet"),
                content,
            )


def _masters(archive: zipfile.ZipFile) -> Iterator[tuple[str, Master]]:
    for master, content in _listed(archive, "masters"):
        shapes = {shape.get("ID", ""): shape for shape in content.iter("Shape")}
        yield (
            master.get("ID", ""),
            Master(master.get("NameU") or master.get("Name") or "", next(iter(shapes), ""), shapes),
        )


def _listed(archive: zipfile.ZipFile, kind: str) -> Iterator[tuple[Element, Element]]:
    """Yield each entry of the list of pages or masters with the part it leads to."""
    folder = f"visio/{kind}"
    index = f"{folder}/{kind}.xml"
    if index not in archive.NameToInfo:
        return
    targets = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        for relation in _parsed(archive, f"{folder}/_rels/{kind}.xml.rels")
    }
    for entry in _parsed(archive, index):
        relation = entry.find("Rel")
        reference = (
            "" if relation is None else next((text for key, text in relation.items() if key.endswith("}id")), "")
        )
        # A list that names one part many times would be parsed as often.
        part = targets.pop(reference, "")
        if _is_read(part) and part in archive.NameToInfo:
            yield entry, _parsed(archive, part)


def _is_read(name: str) -> bool:
    return name.startswith(_READ) and name.endswith((".xml", ".rels"))


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    root = tree(archive.read(name))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root
