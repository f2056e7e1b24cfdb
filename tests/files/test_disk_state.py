"""Whether a disk is encrypted, as Linux and Windows tell it; and how much room there is."""

from pathlib import Path, PurePosixPath

import pytest

from visitor_register.files import disk_state

MOUNTS = "sysfs /sys sysfs rw 0 0\n{root} / ext4 rw 0 0\n{data} /srv/my\\040data ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n"


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A plain disk, an encrypted one, and a volume that is made of the encrypted one."""
    made = tmp_path / "block"
    for name, uuid, slaves in (("sda1", "", ()), ("dm-0", "CRYPT-LUKS2-4f", ("sda1",)), ("dm-1", "LVM-x", ("dm-0",))):
        (made / name / "slaves").mkdir(parents=True)
        if uuid:
            (made / name / "dm").mkdir()
            (made / name / "dm" / "uuid").write_text(uuid, encoding="ascii")
        for slave in slaves:
            (made / name / "slaves" / slave).mkdir()
    return made


@pytest.mark.parametrize(
    ("root", "data", "folder", "encrypted"),
    [
        ("/dev/sda1", "/dev/dm-0", "/home/desk", False),
        ("/dev/sda1", "/dev/dm-0", "/srv/my data/register", True),
        ("/dev/dm-1", "/dev/sda1", "/home/desk", True),
        ("/dev/dm-1", "/dev/sda1", "/srv/my data", False),
        ("/dev/unheard", "/dev/sda1", "/home", None),
        ("overlay", "/dev/sda1", "/home", None),
    ],
)
def test_linux_tells_by_the_device(devices: Path, root: str, data: str, folder: str, encrypted: bool | None) -> None:
    mounts = MOUNTS.format(root=root, data=data)
    assert disk_state.on_encrypted_device(PurePosixPath(folder), mounts, devices) is encrypted


@pytest.mark.parametrize(
    ("said", "encrypted"),
    [("1\r\n", True), ("5", True), ("3", True), ("2", False), ("6", False), ("0", None), ("", None), ("Error", None)],
)
def test_windows_tells_by_a_property_of_the_drive(said: str, encrypted: bool | None) -> None:
    assert disk_state.bitlocker("C:", lambda drive: said if drive == "C:" else "1") is encrypted


def test_only_a_drive_is_ever_asked_about() -> None:
    assert disk_state.bitlocker("\\\\server\\share", pytest.fail) is None
    assert disk_state.bitlocker("';", pytest.fail) is None


def test_room_is_told_where_there_is_a_disk(tmp_path: Path) -> None:
    assert (disk_state.free(tmp_path) or 0) > 0
    assert disk_state.free(tmp_path / "not" / "there") is None
    assert disk_state.is_encrypted(tmp_path) in (True, False, None)
