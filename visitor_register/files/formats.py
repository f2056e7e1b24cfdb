"""Says by its content what a file is, whatever it is called: one of those that are read, or of those that are not."""

import re
import zipfile
from collections.abc import Collection
from pathlib import Path

from visitor_register.errors import FileRefusedError
from visitor_register.files import limits
from visitor_register.files.refusals import BROKEN_ZIP, REFUSALS, refused

__all__ = ["BROKEN_ZIP", "REFUSALS", "refused", "sniff"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_HEADS = (
    (b"{\\rtf", "rtf"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "one"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"Rar!\x1a\x07", "packed"),
    (b"\x1f\x8b\x08", "packed"),
    (b"\x00\x01\x00\x00Standard ", "access"),
    (b"[InternetShortcut]", "link"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "link"),
)
# The folder a part lies in tells the Office formats apart, whatever the file is called.
_OFFICE = (("xl/", "xlsx"), ("ppt/", "pptx"), ("word/", "docx"), ("visio/", "vsdx"))
_ODF = "application/vnd.oasis.opendocument."
_ODF_KINDS = {"spreadsheet": "ods", "text": "odt", "presentation": "odp", "graphics": "odg"}
# Streams of old Office files stand in their directory by name, as UTF-16.
_STREAMS = (
    ("EncryptedPackage", "password"), ("EncryptionInfo", "password"), ("__properties_version1.0", "msg"),
    ("VisioDocument", "vsd"), ("PowerPoint Document", "ppt"), ("Quill", "pub"), ("WordDocument", "doc"),
    ("Workbook", "xls"), ("Book", "xls"),
)  # fmt: skip
_OLD_NAMES = {".xls": "xls", ".ppt": "ppt", ".doc": "doc", ".vsd": "vsd", ".msg": "msg", ".pub": "pub"}
_PROTECTED = {"p": "password-powerpoint", "d": "password-word", "v": "password-visio"}
_HTML = (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")
_MAIL_LINE = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|delivered-to|message-id|mime-version|x-[\w-]+): ?\S", re.I | re.M
)
_WEB_ARCHIVES = (".mht", ".mhtml", ".xls", ".htm", ".html")


def sniff(path: Path) -> str:
    """Return what a file is by its content: a key of the readers ("csv", "pptx"), or of `REFUSALS`.

    Raises:
        FileRefusedError: the file cannot be opened or is too large.
    """
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(_OLE):
                return _old_office(head + file.read(limits.FILE_BYTES), suffix)
    except OSError as error:
        raise FileRefusedError(
            "The file cannot be opened: check that it is still there and choose it again."
        ) from error
    if size > limits.FILE_BYTES:
        raise FileRefusedError("The file is larger than 20 MB: ask for the list of people alone.")
    if not head.strip(b"\xef\xbb\xbf\xfe\xff \t\r\n"):
        return "empty"
    if head.startswith(b"PK"):
        return _zipped(path)
    if head.startswith(_PICTURES) or head[4:8] == b"ftyp":
        return "picture"
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    known = next((kind for start, kind in _HEADS if head.startswith(start)), None)
    return known or _text(head, suffix)


def _text(head: bytes, suffix: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML):
        return "html"
    if start.startswith((b"<?xml", b"<svg", b"<mxfile")):
        return _xml(start)
    if start.startswith(b"{") and b"docs.google.com" in start:
        return "link"
    if _MAIL_LINE.match(start) and len(_MAIL_LINE.findall(start)) > 1:
        return "html" if suffix in _WEB_ARCHIVES else "eml"
    # Text holds hardly any control characters; UTF-16 holds a NUL in every second byte and none else.
    odd = sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 26) for byte in head)
    return "unknown" if odd * 50 > len(head) else "csv"


def _xml(start: bytes) -> str:
    if b"<visiodocument" in start:
        return "vdx"
    if b"<svg" in start or b"<mxfile" in start:
        return "drawing"
    return "html" if b"<html" in start or b"<table" in start else "xml"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()[: limits.ZIP_ENTRIES + 1]
            if len(entries) > limits.ZIP_ENTRIES:
                raise FileRefusedError("The file holds too many parts: ask for the list of people alone.")
            names = {entry.filename for entry in entries}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                kind = said.removeprefix(_ODF).removesuffix("-template")
                return _ODF_KINDS.get(kind, "unknown") if said.startswith(_ODF) else "unknown"
    except BROKEN_ZIP as error:
        if isinstance(error, RuntimeError) and "password" in str(error):
            return "password-zip"
        return "broken-zip"
    if "[Content_Types].xml" in names:
        return _office(names)
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        return _apple(names, path.suffix.lower())
    return "password-zip" if any(entry.flag_bits & 1 for entry in entries) else "zip"


def _office(names: Collection[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.endswith(".fdseq") for name in names):
        return "xps"
    return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in names)), "unknown")


def _apple(names: Collection[str], suffix: str) -> str:
    """Tell Apple's programs apart by their parts, else by the file's name."""
    if any(name.startswith("Index/Slide") for name in names):
        return "key"
    by_name = suffix.removeprefix(".")
    if by_name in ("key", "pages", "numbers"):
        return by_name
    return "numbers" if any(name.startswith("Index/Tables/") for name in names) else "pages"


def _old_office(data: bytes, suffix: str) -> str:
    found = next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in data), None)
    if found == "password":
        return _PROTECTED.get(suffix[1:2], found)
    return found or _OLD_NAMES.get(suffix, "ole")
