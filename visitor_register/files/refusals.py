"""What is said of a file that is not read: what it is, and how to save it as one that is."""

import lzma
import struct
import zipfile
import zlib

from visitor_register.errors import FileRefusedError

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    LookupError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)
"""What reading a damaged zip raises; a password of its own is a RuntimeError."""

_LIST = "ask for the list as an Excel workbook (.xlsx) or CSV"
_PASSWORD = "has a password: open it in {program}, save a copy without one and choose that."  # noqa: S105
REFUSALS = {
    "empty": "The file is empty; ask for it to be sent again.",
    "password": f"The workbook {_PASSWORD.format(program='Excel')}",
    "password-word": f"The document {_PASSWORD.format(program='Word')}",
    "password-powerpoint": f"The presentation {_PASSWORD.format(program='PowerPoint')}",
    "password-visio": f"The drawing {_PASSWORD.format(program='Visio')}",
    "password-ods": f"The workbook {_PASSWORD.format(program='LibreOffice')}",
    "password-zip": "The zip folder has a password: unpack it with the password and choose the file inside.",
    "xls": "This is an old Excel file (.xls): in Excel, File > Save As > Excel Workbook (.xlsx), and choose that.",
    "xlsb": "This is a binary workbook (.xlsb): in Excel, File > Save As > Excel Workbook (.xlsx), and choose that.",
    "ppt": "This is an old PowerPoint file (.ppt): in PowerPoint, File > Save As, save it as .pptx and choose that.",
    "doc": "This is an old Word file (.doc): in Word, File > Save As, save it as .docx and choose that.",
    "vsd": "This is an old Visio drawing (.vsd): in Visio, File > Save As, save it as .vsdx and choose that.",
    "vdx": "This is an old Visio drawing (.vdx): in Visio, File > Save As, save it as .vsdx and choose that.",
    "pub": "This is a Publisher file (.pub): in Publisher, File > Save As > PDF, and choose that.",
    "ole": "This is an old Office file: open it, File > Save As in the new format (.xlsx), and choose that.",
    "access": f"This is an Access database: {_LIST}.",
    "msg": "This is an e-mail (.msg): open it, save the file that is attached to it, and choose that.",
    "eml": "This is an e-mail: open it, save the file that is attached to it, and choose that.",
    "one": f"This is a OneNote section (.one): in OneNote, File > Export > Word Document (.docx), or {_LIST}.",
    "html": "This is a web page, although it may be called .xls: open it in Excel and save it as .xlsx.",
    "xml": "This is an XML file: open it in Excel and save it as Excel Workbook (.xlsx).",
    "drawing": "This is a drawing of a program for the web: open it there, export it as PDF and choose that.",
    "rtf": "This is a Rich Text document (.rtf): in Word, File > Save As, save it as .docx and choose that.",
    "odt": "This is an OpenDocument text (.odt): open it in Word or LibreOffice, save it as .docx and choose that.",
    "odp": "This is an OpenDocument presentation (.odp): open it in PowerPoint or LibreOffice, save it as .pptx "
    "and choose that.",
    "odg": "This is an OpenDocument drawing (.odg): in LibreOffice, File > Export as PDF, and choose that.",
    "numbers": "This is a Numbers file: in Numbers, File > Export To > Excel, and choose that.",
    "pages": "This is a Pages file: in Pages, File > Export To > Word, and choose that.",
    "key": "This is a Keynote file: in Keynote, File > Export To > PowerPoint, and choose that.",
    "xps": "This is an XPS document: open it, print it to a PDF file and choose that.",
    "link": "This is only a link to a file: open it, download it as .xlsx, .pptx or PDF, and choose that.",
    "picture": "This is a picture, and names are never read off pictures: ask the council for the Excel list.",
    "zip": "This is a zip folder: open it and choose the file inside.",
    "packed": "This is a packed folder: unpack it and choose the file inside.",
    "broken-zip": "The file is incomplete or damaged: download it again, or ask for it to be sent again.",
    "unknown": f"This is no file that we can read: {_LIST}.",
}


def refused(kind: str) -> FileRefusedError:
    """Return the error whose sentence says what the file is and what to do instead."""
    return FileRefusedError(REFUSALS.get(kind, REFUSALS["unknown"]))
