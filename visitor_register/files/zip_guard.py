"""Looks into an Office file before anything is unpacked: size, ratio, and no document type in any XML part."""

import io
import zipfile
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from visitor_register.errors import FileRefusedError
from visitor_register.files import formats, limits


def check_sizes(archive: zipfile.ZipFile, wanted: Callable[[str], bool]) -> None:
    """Refuse what would unpack to more than we hold. Only the parts that are read count.

    Raises:
        FileRefusedError: too many parts, too large, packed beyond belief, or with a password.
    """
    entries = archive.infolist()
    if len(entries) > limits.ZIP_ENTRIES:
        raise FileRefusedError("The file holds too many parts: ask for the list of people alone.")
    total = 0
    for entry in entries:
        if not wanted(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise formats.refused("password")
        total += entry.file_size
        packed_beyond_belief = entry.file_size > limits.RATIO * max(entry.compress_size, 1)
        if total > limits.UNPACKED_BYTES or (packed_beyond_belief and entry.file_size > limits.RATIO_FROM_BYTES):
            raise FileRefusedError(
                "The file unpacks to far more than a list of people: copy the rows with people into a new workbook."
            )


def walk(data: bytes, seen: Callable[[Element], None], *, whole: Container[str] = ()) -> None:
    """Parse one XML part, hand over each finished element and forget it.

    Args:
        data: The part.
        seen: Called with every element when it ends; its children are empty by then.
        whole: Elements with these tags are handed over with all they hold.

    Raises:
        FileRefusedError: it declares a document type or entities, or is no XML.
    """
    inside = 0
    with _honest_xml():
        for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            inside += (element.tag in whole) * (1 if event == "start" else -1)
            if event == "end" and not inside:
                seen(element)
                element.clear()


def tree(data: bytes) -> Element:
    """Parse one XML part whole, for what must be looked at twice. Walk it with a stack: it may be nested any depth.

    Raises:
        FileRefusedError: it declares a document type or entities, or is no XML.
    """
    with _honest_xml():
        root: Element = fromstring(data, forbid_dtd=True)
        return root


@contextmanager
def _honest_xml() -> Iterator[None]:
    try:
        yield
    except DefusedXmlException as error:
        raise FileRefusedError(
            "The file holds definitions that no Office program writes, so it was not opened."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise formats.refused("broken-zip") from error
