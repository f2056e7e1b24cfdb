"""The sounds: what lies in the resources, and how they are played."""

import io
import sys
import wave
from pathlib import Path

import pytest

from visitor_register.gui.sounds import Sound, SoundPlayer, wave_file
from visitor_register.resources_path import resource


@pytest.mark.parametrize("sound", Sound)
def test_the_files_are_what_the_score_says(sound: Sound) -> None:
    made = wave_file(sound)
    assert resource("sounds", f"{sound.value}.wav").read_bytes() == made
    with wave.open(io.BytesIO(made)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)


class Player:
    """Notes what was started."""

    def __init__(self, *, works: bool = True) -> None:
        self.played: list[tuple[str, str]] = []
        self._works = works

    def start(self, program: str, path: Path) -> bool:
        self.played.append((program, path.name))
        return self._works


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """The beeps of the system."""
    heard: list[None] = []
    monkeypatch.setattr("visitor_register.gui.sounds.QApplication.beep", lambda: heard.append(None))
    monkeypatch.setattr(sys, "platform", "linux")
    return heard


def test_the_first_player_found_plays(beeps: list[None]) -> None:
    player = Player()
    SoundPlayer(find=lambda name: f"/bin/{name}" if name == "aplay" else None, start=player.start).play(Sound.CHECK)
    assert player.played == [("/bin/aplay", "check.wav")]
    assert not beeps


def test_without_a_player_it_beeps(beeps: list[None]) -> None:
    SoundPlayer(find=lambda _name: None).play(Sound.KNOWN)
    SoundPlayer(find=lambda name: name, start=Player(works=False).start).play(Sound.KNOWN)
    assert len(beeps) == 2


def test_switched_off_it_is_silent(beeps: list[None]) -> None:
    player = Player()
    SoundPlayer(on=False, find=lambda name: name, start=player.start).play(Sound.NOT_KNOWN)
    assert not player.played
    assert not beeps
