"""Received messages as Outlook and Gmail shape them, whole or broken."""

import struct
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from tests.files.compound import compound

LEILA, SCHOOL, MARCUS = "leila.haddad@harrow-lbc.example", "dsl@elmbrook.example", "marcus.adeyemi@harrow-lbc.example"
SENT = datetime(2026, 11, 24, 9, 40, 12, tzinfo=UTC)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style>
<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head>
<body lang="EN-GB"><div class="WordSection1"><p class="MsoNormal">Dear Nadia,<o:p></o:p></p>
<p class="MsoNormal">Attendance is <b>fine</b>, see <a href="https://harrow.example/x?child=1">the plan</a>.</p>
<![if !supportLists]><ul><li>Friday</li><li>14:00&nbsp;hrs</li></ul><![endif]>
<img src="https://tracker.example/pixel.gif"><script src="https://evil.example/x.js">alert(1)</script></div></body></html>"""
PLAIN = "Dear Nadia,\nAttendance is fine, see the plan."


def headed(subject: str = "RE: Attendance", *, to: str = SCHOOL, cc: str = MARCUS, **more: str) -> EmailMessage:
    """The headers of an answer."""
    made = EmailMessage(policy=SMTP)
    made["Received"] = "from mx.harrow-lbc.example by mx.elmbrook.example; Tue, 24 Nov 2026 09:40:15 +0000"
    made["From"] = f'"Haddad, Leila" <{LEILA.capitalize()}>'
    made["To"], made["Cc"] = f"Nadia Shah <{to}>", f"Marcus Adeyemi <{cc}>"
    made["Subject"] = subject
    made["Date"] = "Tue, 24 Nov 2026 09:40:12 +0000"
    made["Message-ID"] = "<1@harrow-lbc.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    return made


def outlook(subject: str = "RE: Attendance", *, plain: str | None = None, **more: str) -> EmailMessage:
    """As Outlook sends it: Word's HTML with a picture in it, and perhaps no plain text at all."""
    made = headed(subject, Thread_Topic="Attendance", X_MS_Has_Attach="yes", Content_Language="en-GB", **more)
    if plain is not None:
        made.set_content(plain)
        made.add_alternative(WORD, subtype="html")
    else:
        made.set_content(WORD, subtype="html")
    made.add_related(b"\x89PNG", "image", "png", cid="<image001.png@01D9>") if plain is None else None
    return made


def gmail(subject: str = "Re: Attendance", text: str = PLAIN, **more: str) -> EmailMessage:
    """As Gmail sends it: both forms, quoted-printable, and the message it answers behind signs."""
    made = headed(subject, DKIM_Signature="v=1; a=rsa-sha256; d=gmail.example; b=abc", **more)
    made.set_content(f"{text}\n\nOn Mon, 23 Nov 2026, Nadia Shah wrote:\n> Who attends?\n", cte="quoted-printable")
    made.add_alternative(f"<div dir=ltr>{text}</div>", subtype="html", cte="quoted-printable")
    return made


def fixed(values: dict[int, int], *, head: int, kind: int = 3) -> bytes:
    """The properties of a fixed size, numbers by tag; moments by their own kind."""
    entries = (
        struct.pack("<IIQ", tag << 16 | (0x40 if tag in (0x39, 0xE06) else kind), 6, value)
        for tag, value in values.items()
    )
    return bytes(head) + b"".join(entries)


def ticks(moment: datetime) -> int:
    """A moment as Windows counts it."""
    return int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def msg(
    *,
    subject: str = "RE: Attendance",
    body: str | None = PLAIN,
    html: str | None = None,
    message_class: str = "IPM.Note",
    headers: str = "",
    inner_address: bool = False,
    eight_bit: bool = False,
    attached_message: bool = False,
    more: dict[str, bytes] | None = None,
    said_size: dict[str, int] | None = None,
) -> bytes:
    """As Outlook saves it."""
    kind, codec = ("001E", "cp1252") if eight_bit else ("001F", "utf-16-le")
    address = "/O=HARROW/OU=EXCHANGE/CN=RECIPIENTS/CN=LHADDAD" if inner_address else LEILA.upper()
    texts = {"001A": message_class, "0037": subject, "0C1A": "Haddad, Leila", "0C1F": address, "007D": headers}
    if body is not None:
        texts["1000"] = body
    streams = {f"__substg1.0_{tag}{kind}": text.encode(codec) for tag, text in texts.items() if text}
    if html is not None:
        streams["__substg1.0_10130102"] = html.encode("utf-8")
    streams["__properties_version1.0"] = fixed({0x39: ticks(SENT), 0x3FDE: 1252 if eight_bit else 65001}, head=32)
    people = ((1, "Nadia Shah", SCHOOL), (2, "Marcus Adeyemi", MARCUS))
    for number, (to_or_cc, name, email) in enumerate(people):
        storage = f"__recip_version1.0_#{number:08X}"
        streams[f"{storage}/__substg1.0_3001001F"] = name.encode("utf-16-le")
        streams[f"{storage}/__substg1.0_39FE001F"] = email.encode("utf-16-le")
        streams[f"{storage}/__properties_version1.0"] = fixed({0x0C15: to_or_cc}, head=8)
    if attached_message:
        streams["__attach_version1.0_#00000000/__substg1.0_3701000D/__properties_version1.0"] = bytes(24)
    return compound(streams | (more or {}), said_size=said_size)
