"""Received messages as Outlook saves them (.msg): whole, cut off, lying about themselves, and no message at all."""

import contextlib
from pathlib import Path

import pytest

from tests.files import mails as files
from tests.files.charts import written
from tests.files.compound import compound
from visitor_register.domain import mails
from visitor_register.domain.mails import Correspondent, MailRead
from visitor_register.errors import FileRefusedError
from visitor_register.files import mail_msg, sandbox

BODY = "__substg1.0_1000001F"


def read(tmp_path: Path, data: bytes) -> MailRead:
    return mail_msg.read(written(tmp_path, "a.msg", data))


@pytest.mark.parametrize("eight_bit", [False, True])
def test_who_when_and_what(tmp_path: Path, eight_bit: bool) -> None:
    found = read(tmp_path, files.msg(body="Zoë’s plan\r\nfor £5", eight_bit=eight_bit))
    assert found == MailRead(
        sender=Correspondent("Haddad, Leila", files.LEILA),
        to=(Correspondent("Nadia Shah", files.SCHOOL),),
        cc=(Correspondent("Marcus Adeyemi", files.MARCUS),),
        sent_at=files.SENT,
        subject="RE: Attendance",
        text="Zoë’s plan\nfor £5",
    )
    assert sandbox.read_mail(tmp_path / "a.msg") == found


def test_the_address_of_a_colleague_is_found_where_the_directory_hides_it(tmp_path: Path) -> None:
    hidden = files.msg(inner_address=True)
    assert read(tmp_path, hidden).sender == Correspondent("Haddad, Leila", "")
    smtp = {"__substg1.0_5D01001F": files.LEILA.encode("utf-16-le")}
    for data in (
        files.msg(inner_address=True, more=smtp),
        files.msg(inner_address=True, headers=f"From: Leila <{files.LEILA}>\r\nX: y\r\n"),
    ):
        found = read(tmp_path, data).sender
        assert found is not None
        assert found.email == files.LEILA


def test_only_html_becomes_words_and_a_message_without_either_says_so(tmp_path: Path) -> None:
    assert (
        "see the plan <https://harrow.example/x?child=1>." in read(tmp_path, files.msg(body=None, html=files.WORD)).text
    )
    found = read(tmp_path, files.msg(body=None))
    assert (found.text, found.notes) == ("", (mails.NO_TEXT,))


def test_machines_and_forwards_are_recognised(tmp_path: Path) -> None:
    for automatic in (
        files.msg(message_class="IPM.Note.Rules.OofTemplate.Microsoft"),
        files.msg(message_class="REPORT.IPM.Note.NDR"),
        files.msg(headers="Auto-Submitted: auto-replied\r\n"),
        files.msg(subject="Automatic reply: Attendance"),
    ):
        assert read(tmp_path, automatic).automatic
    assert read(tmp_path, files.msg(subject="FW: Attendance")).forwarded
    assert read(tmp_path, files.msg(attached_message=True)).forwarded
    assert not read(tmp_path, files.msg(message_class="IPM.Note.SMIME")).automatic


def test_a_long_body_is_cut_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, files.msg(body="word " * 10_000))
    assert (len(found.text) <= mails.LONGEST_TEXT, found.notes) == (True, (mails.ONLY_BEGINNING,))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (files.msg()[:700], "damaged or incomplete"),
        (files.msg()[:2500], "damaged or incomplete"),
        (files.msg(said_size={BODY: 2**31}), "damaged or incomplete"),
        (files.msg(body="x" * 9000)[:9000], "damaged or incomplete"),
        (mail_msg.MAGIC + bytes(4000), "damaged or incomplete"),
        (compound({"WordDocument": bytes(900)}), "no e-mail"),
        (mail_msg.MAGIC, "damaged or incomplete"),
    ],
)
def test_what_is_broken_or_no_message_is_refused_in_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = written(tmp_path, "a.msg", data)
    with pytest.raises(FileRefusedError, match=sentence):
        mail_msg.read(path)


def test_a_file_cut_off_anywhere_is_read_or_refused_and_never_more(tmp_path: Path) -> None:
    whole = files.msg(body="word " * 1200)
    for length in range(0, len(whole), 257):
        path = written(tmp_path, "a.msg", whole[:length])
        with contextlib.suppress(FileRefusedError):
            mail_msg.read(path)
