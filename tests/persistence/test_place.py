"""Where a register may lie, and that one program holds it."""

import json
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from visitor_register.errors import RegisterError, RegisterInUseError
from visitor_register.persistence import place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/homes /home nfs4 rw 0 0
//nas/share /mnt/the\\040share cifs rw 0 0
/dev/sda2 /home/local ext4 rw 0 0
sshfs /srv/remote fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    "folder",
    [
        PureWindowsPath(r"\\server\share\Register"),
        PureWindowsPath(r"\\?\UNC\server\share"),
        PureWindowsPath("//server/share/Register"),
        PurePosixPath("//server/share"),
    ],
)
def test_a_network_share_is_refused_by_its_name(folder: PurePath) -> None:
    assert "network drive" in str(place.why_refused(folder))


@pytest.mark.parametrize(
    "folder",
    [
        PureWindowsPath(r"C:\Users\joan\OneDrive - Elmbrook Primary\Register"),
        PureWindowsPath(r"D:\Dropbox\Register"),
        PureWindowsPath(r"C:\Users\joan\Google Drive\x"),
        PureWindowsPath(r"C:\Users\joan\iCloudDrive"),
        PureWindowsPath(r"C:\Users\joan\School - SharePoint\x"),
        PurePosixPath("/home/joan/Nextcloud/register"),
    ],
)
def test_a_synchronised_folder_is_refused_with_what_to_do(folder: PurePath) -> None:
    why = str(place.why_refused(folder))
    assert "synchronised with the cloud" in why
    assert "put backups there instead" in why


@pytest.mark.parametrize(
    "folder",
    [PureWindowsPath(r"C:\ProgramData\Visitor Register"), PurePosixPath("/home/joan/.local/share/visitor-register")],
)
def test_a_folder_of_this_pc_is_taken(folder: PurePath) -> None:
    assert place.why_refused(folder) is None


@pytest.mark.parametrize(
    ("folder", "refused"),
    [
        ("/home/joan/register", True),
        ("/home/local/register", False),
        ("/mnt/the share/register", True),
        ("/mnt/the shares", False),
        ("/srv/remote", True),
        ("/tmp/x", False),  # noqa: S108
        ("/var/lib", False),
    ],
)
def test_what_is_mounted_from_elsewhere_is_refused(folder: str, refused: bool) -> None:
    assert (place.why_mount_refused(PurePosixPath(folder), MOUNTS) is not None) is refused


def test_of_two_mounts_on_one_place_the_later_counts() -> None:
    twice = MOUNTS + "nas:/tmp /tmp nfs rw 0 0\n"
    assert place.why_mount_refused(PurePosixPath("/tmp/x"), twice) is not None  # noqa: S108


def test_preparing_makes_the_folder_and_leaves_nothing_in_it(tmp_path: Path) -> None:
    folder = place.prepare(tmp_path / "new" / "register")
    assert folder.is_dir()
    assert list(folder.iterdir()) == []


def test_preparing_a_refused_folder_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="synchronised"):
        place.prepare(tmp_path / "OneDrive" / "register")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_says_whom_to_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, content: bytes) -> int:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(RegisterError, match="Ask whoever runs this PC"):
        place.prepare(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(RegisterError, match="cannot be written to"):
        place.prepare(tmp_path / "file" / "register")


def test_where_the_register_lies_when_nobody_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITOR_REGISTER", str(tmp_path))
    assert place.default_folder() == tmp_path
    monkeypatch.delenv("VISITOR_REGISTER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert place.default_folder() == tmp_path / "data" / "visitor-register"
    monkeypatch.setenv("PROGRAMDATA", r"C:\ProgramData")
    monkeypatch.setattr(place.sys, "platform", "win32")
    assert str(place.default_folder()).startswith(r"C:\ProgramData")


def test_a_second_program_is_told_who_holds_the_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place.getpass, "getuser", lambda: "joan")
    first, second = place.Lock(tmp_path), place.Lock(tmp_path)
    first.take()
    with pytest.raises(RegisterInUseError, match="open already, for joan") as caught:
        second.take()
    assert str(tmp_path) not in str(caught.value)
    second.release()
    first.release()
    second.take()
    second.release()


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", "7"])
def test_a_spoilt_note_of_who_holds_it_names_another_user(tmp_path: Path, note: str) -> None:
    first = place.Lock(tmp_path)
    first.take()
    (tmp_path / "register.lock.json").write_text(note, encoding="utf-8")
    with pytest.raises(RegisterInUseError, match="for another user"):
        place.Lock(tmp_path).take()
    first.release()


def test_the_note_left_by_a_killed_program_does_not_lock(tmp_path: Path) -> None:
    (tmp_path / "register.lock").touch()
    (tmp_path / "register.lock.json").write_text(json.dumps({"user": "joan", "pid": 1}), encoding="utf-8")
    lock = place.Lock(tmp_path)
    lock.take()
    lock.release()


def test_what_one_thread_took_another_may_give_back(tmp_path: Path) -> None:
    from threading import Thread

    lock = place.Lock(tmp_path)
    taking = Thread(target=lock.take)
    taking.start()
    taking.join()
    with pytest.raises(RegisterInUseError):
        place.Lock(tmp_path).take()
    lock.release()
    again = place.Lock(tmp_path)
    again.take()
    again.release()


def test_a_lock_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RegisterError, match="cannot be written to"):
        place.Lock(tmp_path / "file").take()
