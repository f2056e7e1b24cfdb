"""Received messages as .eml: the shapes of Outlook and Gmail, what machines send, and what is broken or hostile."""

import subprocess
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.files import mails as files
from tests.files.charts import written
from visitor_register.domain import mails
from visitor_register.domain.mails import Correspondent
from visitor_register.errors import FileRefusedError
from visitor_register.files import limits, mail_eml, mail_html, sandbox

WORDS = "Dear Nadia,\n\nAttendance is fine, see the plan <https://harrow.example/x?child=1>.\n\n- Friday\n\n- 14:00 hrs"


def test_outlooks_and_gmails_messages_say_who_when_and_what() -> None:
    found = mail_eml.parse(files.outlook().as_bytes())
    assert found.sender == Correspondent("Haddad, Leila", files.LEILA)
    assert (found.to, found.cc) == (
        (Correspondent("Nadia Shah", files.SCHOOL),),
        (Correspondent("Marcus Adeyemi", files.MARCUS),),
    )
    assert (found.sent_at, found.subject, found.text) == (files.SENT, "RE: Attendance", WORDS)
    assert (found.forwarded, found.automatic, found.notes) == (False, False, ())
    both = mail_eml.parse(files.outlook(plain="Plain & short").as_bytes())
    assert both.text == "Plain & short"
    gmail = mail_eml.parse(files.gmail(text="Zoë’s plan costs £5").as_bytes())
    assert gmail.text.startswith("Zoë’s plan costs £5\n\nOn Mon, 23 Nov 2026")


@pytest.mark.parametrize(
    ("subject", "text", "forwarded"),
    [
        ("FW: Attendance", "x", True),
        ("Fwd: Attendance", "x", True),
        ("RE: FW: Attendance", "x", False),
        ("RE: Attendance", "From: Nadia\nSent: Monday\nTo: Leila\nSubject: Who?", False),
        ("Attendance", "Look\n---------- Forwarded message ---------\nFrom: a", True),
        ("Attendance", "Begin forwarded message:\n", True),
        ("RE: Attendance", "No.\n> ---------- Forwarded message ---------", False),
        ("Forwarding address", "x", False),
    ],
)
def test_a_forwarded_chain_is_told_from_an_answer(subject: str, text: str, forwarded: bool) -> None:
    assert mail_eml.parse(files.gmail(subject, text).as_bytes()).forwarded is forwarded


def test_an_attached_message_is_a_forwarded_one_and_its_text_is_not_read() -> None:
    made = files.gmail()
    inner = files.gmail(text="the child's name")
    made.add_attachment(inner)
    found = mail_eml.parse(made.as_bytes())
    assert (found.forwarded, "the child's name" in found.text) == (True, False)


@pytest.mark.parametrize(
    ("subject", "headers", "automatic"),
    [
        ("RE: Attendance", {"Auto_Submitted": "auto-replied (vacation)"}, True),
        ("RE: Attendance", {"Auto_Submitted": "no"}, False),
        ("RE: Attendance", {"X_Auto_Response_Suppress": "All"}, True),
        ("RE: Attendance", {"X_Auto_Response_Suppress": "None"}, False),
        ("RE: Attendance", {"Precedence": "auto_reply"}, True),
        ("RE: Attendance", {"Precedence": "bulk"}, False),
        ("Automatic reply: Attendance", {}, True),
        ("Out of office: back on Monday", {}, True),
        ("RE: Automatic reply: Attendance", {}, False),
        ("Automatically enrolled", {}, False),
    ],
)
def test_a_machines_answer_is_recognised(subject: str, headers: dict[str, str], automatic: bool) -> None:
    assert mail_eml.parse(files.gmail(subject, **headers).as_bytes()).automatic is automatic


def test_a_report_of_the_mail_server_is_a_machines_and_no_forward() -> None:
    data = _raw(
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        b"--b\r\n\r\nNobody there\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: a\r\n\r\n--b--",
    )
    found = mail_eml.parse(data)
    assert (found.automatic, found.forwarded, found.text) == (True, False, "Nobody there")


@pytest.mark.parametrize(
    ("date", "sent", "note"),
    [
        ("Tue, 24 Nov 2026 10:40:12 +0100", files.SENT, ()),
        ("Tue, 24 Nov 2026 09:40:12 -0000", files.SENT, ()),
        ("Tue, 24 Nov 2026 09:40:12", files.SENT, (mails.ASSUMED_LONDON,)),
        ("Wed, 24 Jun 2026 10:40:12", files.SENT.replace(month=6), (mails.ASSUMED_LONDON,)),
        ("yesterday", None, (mails.NO_TIME,)),
        ("", None, (mails.NO_TIME,)),
        ("Tue, 99 Nov 9999 99:99:99 +9999", None, (mails.NO_TIME,)),
    ],
)
def test_when_it_was_sent_is_aware_or_not_known(date: str, sent: object, note: tuple[str, ...]) -> None:
    data = f"From: a@b.example\r\nTo: c@d.example\r\nDate: {date}\r\n\r\nx".encode()
    found = mail_eml.parse(data)
    assert (found.sent_at, found.notes) == (sent, note)


def _raw(head: bytes, body: bytes) -> bytes:
    return b"From: a@b.example\r\nSubject: x\r\nDate: Tue, 24 Nov 2026 09:40:12 +0000\r\n" + head + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("head", "body", "text", "note"),
    [
        (b"Content-Type: text/plain; charset=us-ascii", "Zoë’s".encode("cp1252"), "Zoë’s", ()),
        (b"Content-Type: text/plain; charset=klingon", "Zoë".encode(), "Zoë", ()),
        (b"Content-Type: text/plain; charset=zip", b"x", "x", ()),
        (b"Content-Type: text/plain; charset=utf-8", b"a\x81b", "a\ufffdb", (mails.LETTERS_LOST,)),
        (b"Content-Transfer-Encoding: base64", b"SGVsbG8gTmFkaWE", "Hello Nadia", ()),
        (b"Content-Transfer-Encoding: base64", b"%%%", "", (mails.NO_TEXT,)),
        (b'Content-Type: multipart/mixed; boundary="b"', b"--b\r\n\r\nHello", "Hello", (mails.INCOMPLETE,)),
        (b'Content-Type: multipart/mixed; boundary="b"', b"Hello", "Hello", (mails.INCOMPLETE,)),
        (b"Content-Type: application/pkcs7-mime", b"AAAA", "", (mails.ENCRYPTED,)),
        (b"Content-Type: image/png", b"AAAA", "", (mails.NO_TEXT,)),
        (b"Content-Type: text/html", b"<![endif]--><![weird x<p>Hi<table><tr><td>a<td>b", "Hi\n\na b", ()),
        (b"Content-Type: text/plain", "a\u202eb\0c".encode(), "abc", ()),
        (b"Content-Type: ;;;=", b"Hello", "Hello", ()),
    ],
)
def test_broken_text_is_read_as_far_as_it_goes(head: bytes, body: bytes, text: str, note: tuple[str, ...]) -> None:
    found = mail_eml.parse(_raw(head, body))
    assert (found.text, found.notes) == (text, note)


def test_broken_headers_say_what_they_can() -> None:
    data = (
        b"From: Haddad, Leila <leila@x.example>\r\nTo: undisclosed-recipients:;\r\nSubject: =?utf-8?b?Wm/Dqw==?= "
        b"=?klingon?q?a?= \xe9t\xe9\r\nbroken line\r\n\r\nx"
    )
    found = mail_eml.parse(data)
    assert found.sender == Correspondent("Leila", "leila@x.example")
    assert found.subject.startswith("Zoë")
    assert found.to == ()


def test_messages_within_messages_end_at_a_depth() -> None:
    inner = b"Hello"
    for number in range(limits.MAIL_DEPTH + 5):
        boundary = b"b%d" % number
        inner = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--' % (
            boundary, boundary, inner if number else b"\r\n" + inner, boundary,
        )  # fmt: skip
    found = mail_eml.parse(b"From: a@b.example\r\nSubject: x\r\n" + inner)
    assert found.text == ""
    assert mails.TOO_NESTED in found.notes
    thousands = b"From: a@b.example\r\nSubject: x\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000
    with pytest.raises(FileRefusedError, match="damaged"):
        mail_eml.parse(thousands)


def test_a_long_chain_is_cut_and_says_so() -> None:
    found = mail_eml.parse(files.gmail(text="word " * 20_000).as_bytes())
    assert len(found.text) <= mails.LONGEST_TEXT
    assert found.notes == (mails.ONLY_BEGINNING,)


def test_a_large_attachment_is_passed_over_and_larger_ones_are_refused(tmp_path: Path) -> None:
    data = files.gmail().as_bytes().replace(b"multipart/alternative", b"multipart/mixed")
    line = b"A" * 76 + b"\r\n"
    boundary = files_boundary(data)
    part = b"\r\n--" + boundary + b"\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    whole = data[: data.rindex(b"--" + boundary + b"--")] + part + line * (25 * 2**20 // len(line))
    path = tmp_path / "large.eml"
    path.write_bytes(whole + b"--" + boundary + b"--\r\n")
    found = sandbox.read_mail(path)
    assert found.subject == "Re: Attendance"
    with path.open("ab") as file:
        file.truncate(limits.MAIL_BYTES + 1)
    with pytest.raises(FileRefusedError, match="larger than 40 MB"):
        sandbox.read_mail(path)


def files_boundary(data: bytes) -> bytes:
    """What divides the parts of a message."""
    return data.partition(b'boundary="')[2].partition(b'"')[0]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "file is empty"),
        (b"\xef\xbb\xbf\r\n", "file is empty"),
        (b"%PDF-1.7\n...", "no e-mail"),
        (b"PK\x03\x04" + bytes(900), "no e-mail"),
        (b"Dear Nadia,\n\nhow are you?", "no e-mail"),
        (b"<html><body>Hi</body></html>", "no e-mail"),
        (b"Subject: x\r\nTo: " + b"a@b.example, " * 900_000, "lines before its text"),
        (bytes(4096), "no e-mail"),
    ],
)
def test_what_is_no_message_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(FileRefusedError, match=sentence) as refused:
        mail_eml.parse(data)
    assert str(refused.value).count(".") - str(refused.value).count(" .") <= 1


def test_a_long_header_is_read_as_far_as_anybody_looks() -> None:
    data = (
        b"From: a@b.example\r\nTo: " + b'"x, y" <a@b.example>, ' * 40_000 + b"\r\nSubject: " + b"=?utf-8?q?a?= " * 9_000
    )
    found = mail_eml.parse(data[: limits.MAIL_HEAD_BYTES - 100] + b"\r\n\r\nHello")
    assert len(found.to) <= mails.PEOPLE


def test_html_is_words_and_nothing_else() -> None:
    assert mail_html.words(
        "<p>a<br>b</p><a href='javascript:x()'>c</a> <a href='mailto:d@e.example'>d@e.example</a>"
    ) == ("a\nb\nc d@e.example")
    assert mail_html.words("<title>t</title><style>s</style>x<script>y") == "x"
    assert mail_html.words("&lt;b&gt;bold&lt;/b&gt;") == "<b>bold</b>"


def test_the_child_opens_no_socket_and_nothing_but_files(tmp_path: Path) -> None:
    paths = [
        written(tmp_path, "a.eml", files.outlook().as_bytes()),
        written(tmp_path, "b.msg", files.msg(html=files.WORD, body=None)),
    ]
    code = (
        "import sys\nseen = []\n"
        "def hook(name, arguments):\n"
        "    if name.startswith(('socket.', 'urllib.', 'http.', 'subprocess.', 'os.exec', 'os.system', 'ftplib.')):\n"
        "        seen.append(name)\n"
        "sys.addaudithook(hook)\n"
        "from visitor_register.files import reader_child\n"
        f"codes = [reader_child.main(['mail', path]) for path in {[str(path) for path in paths]!r}]\n"
        "print(codes, seen, 'PySide6' in sys.modules, 'sqlalchemy' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[0, 0] [] False False"
    assert done.stdout.count("https://harrow.example/x?child=1") == 2, "the link is read, and only as letters"


def test_the_child_reads_what_this_process_reads(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", files.gmail().as_bytes())
    assert sandbox.read_mail(path) == mail_eml.read(path)
    with pytest.raises(FileRefusedError, match="cannot be opened"):
        sandbox.read_mail(tmp_path / "gone.eml")
    with pytest.raises(FileRefusedError, match="message took too long"):
        sandbox.read_mail(path, seconds=0.2, command=(sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(FileRefusedError, match="message could not be read"):
        sandbox.read_mail(path, command=(sys.executable, "-c", "print('half a')"))


def test_a_message_of_every_kind_of_line_end_is_read() -> None:
    for end in (b"\n", b"\r\n"):
        data = files.gmail().as_bytes(policy=policy.default).replace(b"\r\n", b"\n").replace(b"\n", end)
        assert mail_eml.parse(data).text.startswith("Dear Nadia,")
    assert isinstance(files.gmail(), EmailMessage)
