"""Says by its first bytes what a file is, and what to do with those that we do not read."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from visitor_register.errors import FileRefusedError
from visitor_register.files import limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
# The folder a part lies in tells the Office formats apart, whatever the file is called.
_OFFICE = (("xl/", "xlsx"), ("ppt/", "pptx"), ("word/", "docx"), ("visio/", "vsdx"))
_ODF = {b"application/vnd.oasis.opendocument.spreadsheet": "ods"}
_LIST = "ask for the list as an Excel workbook (.xlsx) or CSV"

REFUSALS = {
    "empty": "The file is empty; ask for it to be sent again.",
    "password": "The workbook has a password: open it in Excel, save a copy without one and choose that.",
    "xls": "This is an old Excel file (.xls): in Excel, File > Save As > Excel Workbook (.xlsx), and choose that.",
    "xlsb": "This is a binary workbook (.xlsb): in Excel, File > Save As > Excel Workbook (.xlsx), and choose that.",
    "ppt": f"This is an old PowerPoint file (.ppt): save it as .pptx, or {_LIST}.",
    "doc": f"This is an old Word file (.doc): save it as .docx, or {_LIST}.",
    "vsd": f"This is an old Visio drawing (.vsd): save it as .vsdx, or {_LIST}.",
    "ole": "This is an old Office file: open it, File > Save As in the new format (.xlsx), and choose that.",
    "html": "This is a web page, although it may be called .xls: open it in Excel and save it as .xlsx.",
    "xml": "This is an XML file: open it in Excel and save it as Excel Workbook (.xlsx).",
    "rtf": f"This is a Rich Text document: {_LIST}.",
    "picture": "This is a picture, and names are never read off pictures: ask the council for the Excel list.",
    "zip": "This is a zip folder: open it and choose the file inside.",
    "broken-zip": "The file is incomplete or damaged: download it again, or ask for it to be sent again.",
    "unknown": f"This is no file that we can read: {_LIST}.",
}


def refused(kind: str) -> FileRefusedError:
    """Return the error whose sentence says what the file is and what to do instead."""
    return FileRefusedError(REFUSALS.get(kind, REFUSALS["unknown"]))


def sniff(path: Path) -> str:
    """Return what a file is by its content: a key of the readers ("csv", "pptx"), or of `REFUSALS`.

    Raises:
        FileRefusedError: the file cannot be opened or is too large.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
            if head.startswith(_OLE):
                return _old_office(head + file.read(limits.FILE_BYTES), path.suffix.lower())
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
    if head.startswith(_PICTURES):
        return "picture"
    if head.lstrip().startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    return _text(head)


def _text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<body", b"mime-version:", b"<style", b"<div")
    ):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in start or b"<table" in start else "xml"
    # Text holds hardly any control characters; UTF-16 holds a NUL in every second byte and none else.
    odd = sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 26) for byte in head)
    return "unknown" if odd * 50 > len(head) else "csv"


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[: limits.ZIP_ENTRIES + 1]
            if len(names) > limits.ZIP_ENTRIES:
                raise FileRefusedError("The file holds too many parts: ask for the list of people alone.")
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _ODF.get(archive.read("mimetype").strip(), "unknown")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        if isinstance(error, RuntimeError) and "password" in str(error):
            return "password"
        return "broken-zip"
    return _office(names)


def _office(names: Iterable[str]) -> str:
    parts = set(names)
    if "[Content_Types].xml" not in parts:
        return "zip"
    if "xl/workbook.bin" in parts:
        return "xlsb"
    return next((kind for folder, kind in _OFFICE if any(name.startswith(folder) for name in parts)), "unknown")


def _old_office(data: bytes, suffix: str) -> str:
    """Tell old Office files apart by the names of their streams, which stand in the directory as UTF-16."""
    streams = (
        ("EncryptedPackage", "password"), ("EncryptionInfo", "password"), ("VisioDocument", "vsd"),
        ("PowerPoint Document", "ppt"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"),
    )  # fmt: skip
    found = next((kind for stream, kind in streams if stream.encode("utf-16-le") in data), None)
    by_name = {".xls": "xls", ".ppt": "ppt", ".doc": "doc", ".vsd": "vsd"}
    return found or by_name.get(suffix, "ole")
