"""The PC's own mail program: a message opens in it as a new one, and a person sends it there."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from visitor_register.files import mail_message
from visitor_register.files.mail_message import Message

OpenLink = Callable[[QUrl], bool]


class MailProgram:
    """Opens a message by a link, or where that would be too long by a draft file.

    Attributes:
        open_link: Opens the link or the file; tests hand in their own.
    """

    def __init__(self, file: Path) -> None:
        """`file` is where a draft waits: always the same one, so that no collection of letters grows on the disk."""
        self._file = file
        self.open_link: OpenLink = QDesktopServices.openUrl
        self.clear_away()

    def open(self, message: Message) -> bool:
        """Open it; False when no mail program did."""
        self.clear_away()
        link = mail_message.link(message)
        if link is not None:
            return self.open_link(QUrl.fromEncoded(link.encode()))
        try:
            self._file.write_bytes(mail_message.draft(message))
        except OSError:
            return False
        return self.open_link(QUrl.fromLocalFile(str(self._file)))

    def clear_away(self) -> None:
        """Take away the draft that waits, if there is one."""
        # A mail program may hold it open: then the next letter or the next start clears it away.
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
