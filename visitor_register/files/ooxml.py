"""Opens an Office file (.pptx, .docx): its parts as XML without namespaces, and what each part leads to."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, limits
from visitor_register.files.zip_guard import check_sizes, tree

_READ = (".xml", ".rels")


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads: what kind of part that is ("slide", "diagramData"), and its name in the zip."""

    kind: str
    part: str


class Package:
    """An Office file that is open. Parts are read by their names and never unpacked to disk."""

    def __init__(self, archive: zipfile.ZipFile, folders: tuple[str, ...]) -> None:
        self._archive = archive
        self._folders = folders

    def has(self, part: str) -> bool:
        """Whether there is such a part, in a folder that we read."""
        return part in self._archive.NameToInfo and part.startswith(self._folders) and part.endswith(_READ)

    def tree(self, part: str) -> Element:
        """Return the root of a part; its tags have lost their namespaces.

        Raises:
            FileRefusedError: it is missing, hostile, no XML, or too large for a page of a chart.
        """
        if not self.has(part):
            raise formats.refused("broken-zip")
        if self._archive.getinfo(part).file_size > limits.PAGE_BYTES:
            raise FileRefusedError(
                "A page of the file is far larger than a chart: ask for the list as an Excel workbook (.xlsx)."
            )
        root = tree(self._archive.read(part))
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return by id where a part leads, inside the file only."""
        folder, _, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels"
        found = {}
        for entry in self.tree(listed) if self.has(listed) else ():
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", ""))).lstrip("/")
            if entry.get("TargetMode") != "External" and self.has(target):
                found[entry.get("Id", "")] = Relation(entry.get("Type", "").rpartition("/")[2], target)
        return found


def reference(element: Element, name: str) -> str:
    """Return the id of a relation that an element names (`r:id`, `r:dm`), or ""."""
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), "")


def paragraphs(body: Element) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the lines of a text body (`a:p`, broken at `a:br`), and the places of those wholly in bold."""
    lines: list[str] = []
    bold: list[int] = []
    for paragraph in body.iter("p"):
        texts, heavy = [""], []
        for run in paragraph:
            if run.tag == "br":
                texts.append("")
            elif run.tag in ("r", "fld"):
                text = "".join(piece.text or "" for piece in run.iter("t"))
                texts[-1] += text
                style = run.find("rPr")
                heavy += [style is not None and style.get("b") in ("1", "true")] if text.strip() else []
        for text in texts:
            if text.strip():
                bold += [len(lines)] if heavy and all(heavy) else []
                lines.append(text[: limits.CELL_CHARACTERS])
    return tuple(lines), tuple(bold)


@contextmanager
def opened(path: Path, *folders: str) -> Iterator[Package]:
    """Open an Office file to read the XML parts in those folders ("ppt/slides/"); nothing else is looked at.

    Raises:
        FileRefusedError: it is damaged, hostile, or unpacks to far more than a chart.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_sizes(archive, lambda name: name.startswith(folders) and name.endswith(_READ))
            yield Package(archive, folders)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError, OSError) as error:
        raise formats.refused("broken-zip") from error
