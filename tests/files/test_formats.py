"""What a file is, by its content; and of those that are not read, how to save them as one that is."""

import random
import re
import zipfile
from pathlib import Path

import pytest

from tests.files.charts import text, workbook, written
from tests.files.documents import docx, ods, paragraph, zipped
from visitor_register.errors import FileRefusedError
from visitor_register.files import reader_child
from visitor_register.files.formats import REFUSALS, sniff
from visitor_register.files.reader_child import READERS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIMETYPE = "application/vnd.oasis.opendocument."


def old(stream: str = "") -> bytes:
    """An old Office file with that stream."""
    return OLE + bytes(500) + stream.encode("utf-16-le")


def office(*parts: str) -> bytes:
    """An Office file with these parts."""
    return zipped({"[Content_Types].xml": "<a/>", **dict.fromkeys(parts, "<a/>")})


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (text().encode(), "a.xlsx", "csv"),
        (workbook(), "a.csv", "xlsx"),
        (docx(paragraph("x")), "a", "docx"),
        (ods(), "a.zip", "ods"),
        (office("ppt/presentation.xml"), "a.pptm", "pptx"),
        (office("visio/document.xml"), "a.vsdx", "vsdx"),
        (b"%PDF-1.7", "a.docx", "pdf"),
    ],
)
def test_what_is_read_is_told_by_its_content(tmp_path: Path, data: bytes, name: str, kind: str) -> None:
    assert sniff(written(tmp_path, name, data)) == kind
    assert kind in READERS


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "empty"),
        (old("Workbook"), "a.xls", "Save As > Excel Workbook"),
        (old(), "a.xls", "Save As > Excel Workbook"),
        (old("PowerPoint Document"), "a.ppt", r"save it as \.pptx"),
        (old("WordDocument"), "a", r"save it as \.docx"),
        (old("VisioDocument"), "a.xls", r"save it as \.vsdx"),
        (old("__properties_version1.0"), "a.msg", "attached"),
        (old("Quill"), "a.pub", "Publisher"),
        (old(), "a.wps", "Save As"),
        (old("EncryptedPackage"), "a.xlsx", "password.* Excel"),
        (old("EncryptedPackage"), "a.docx", "password.* Word"),
        (old("EncryptedPackage"), "a.PPTX", "password.* PowerPoint"),
        (old("EncryptedPackage"), "a.vsdx", "password.* Visio"),
        (office("xl/workbook.bin"), "a.xlsb", "xlsx"),
        (office("FixedDocumentSequence.fdseq"), "a.xps", "PDF"),
        (office("other/x"), "a.zip", "no file that we can read"),
        (zipped({"mimetype": MIMETYPE + "text", "content.xml": ""}), "a.odt", "docx"),
        (zipped({"mimetype": MIMETYPE + "presentation", "content.xml": ""}), "a.odp", "pptx"),
        (zipped({"mimetype": MIMETYPE + "graphics", "content.xml": ""}), "a.odg", "PDF"),
        (zipped({"mimetype": "application/epub+zip"}), "a.epub", "no file that we can read"),
        (zipped({"Index/Slide-1.iwa": ""}), "a", "Keynote"),
        (zipped({"Index/Document.iwa": ""}), "a.pages", "Pages"),
        (zipped({"Index/Document.iwa": "", "Index/Tables/a.iwa": ""}), "a", "Numbers"),
        (zipped({"a.csv": "x"}), "a.zip", "zip folder"),
        (workbook()[:900], "a.xlsx", "incomplete"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "a.one", "OneNote"),
        (b"Rar!\x1a\x07\x00", "a.rar", "unpack"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "a.accdb", "Access"),
        (b"{\\rtf1", "a.doc", "Word"),
        (b"From: a@b.example\r\nTo: c@d.example\r\nSubject: chart\r\n\r\nHere it is", "a.eml", "attached"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "a.xls", "web page"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "a.xls", "web page"),
        (b'<?xml version="1.0"?><VisioDocument/>', "a.vdx", "vsdx"),
        (b"<mxfile/>", "a.drawio", "PDF"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "XML"),
        (b'{"url": "https://docs.google.com/open?id=1"}', "a.gsheet", "link"),
        (b"[InternetShortcut]\r\nURL=x", "a.url", "link"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "picture"),
        (b"\x00\x00\x00\x18ftypheic", "a.heic", "picture"),
        (bytes(range(256)) * 16, "a.xlsx", "no file that we can read"),
    ],
)
def test_what_is_not_read_is_refused_with_a_way_out(tmp_path: Path, data: bytes, name: str, says: str) -> None:
    with pytest.raises(FileRefusedError, match=says):
        reader_child.read(written(tmp_path, name, data))


def test_a_folder_with_a_password_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": "x"}))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(start) + (6 if start[2] == 3 else 8)] |= 1
    with pytest.raises(FileRefusedError, match="unpack it with the password"):
        reader_child.read(written(tmp_path, "a.zip", bytes(data)))


def test_every_refusal_is_one_sentence_that_says_what_to_do() -> None:
    for kind, sentence in REFUSALS.items():
        assert sentence.endswith("."), kind
        assert not re.search(r"\. ", sentence), kind
        assert re.search(r"\b(?:ask|choose|save|open|download)\b", sentence), kind
    assert not REFUSALS.keys() & READERS.keys()


def test_any_damage_to_a_zip_ends_in_a_kind(tmp_path: Path) -> None:
    draw = random.Random(5)
    whole = ods(("Name",))
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(3):
            data[draw.randrange(len(data))] = draw.randrange(256)
        assert sniff(written(tmp_path, "a.ods", bytes(data))) in {*READERS, *REFUSALS}
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for at in range(5_001):
            archive.writestr(str(at), "")
    with pytest.raises(FileRefusedError, match="too many parts"):
        sniff(tmp_path / "many.zip")
