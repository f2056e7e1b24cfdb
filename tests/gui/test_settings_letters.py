"""Letters to the authority in Settings: each kind has its text, its blanks, and a way back to our default."""

from tests.gui.pictures import save
from tests.gui.settings_screen import Office, office
from tests.gui.walkers import text_fits, unnamed_controls
from visitor_register.domain.letters import BLANKS, DEFAULTS, LetterKind
from visitor_register.gui.settings.letters_section import LettersSection
from visitor_register.gui.theme import Scheme, Theme

__all__ = ["office"]


def test_a_text_is_changed_refused_kept_and_taken_back_to_the_default(office: Office, look: Theme) -> None:
    section = office.opens("texts")
    assert isinstance(section, LettersSection)
    office.types("subject", "For Harrow")
    section.choose(LetterKind.CHASE)
    assert section.controls["subject"].property("text") == "Outstanding: {owed} ({school})"
    for subject, sentence in (
        ("About {reference}", "A subject never names a child: take {reference} out."),
        ("About {child}", "Nothing takes the place of {child}. What may stand in braces is below."),
        ("", "Write something, or go back to our default."),
    ):
        office.types("subject", subject)
        section.choose(LetterKind.CHART)
        section.save()
        assert section.kind is LetterKind.CHASE, "what is wrong is shown"
        assert section.fields["subject"].error() == sentence
    office.types("subject", "Reminder from {school}")
    office.saves("Letters to the authority: saved.")
    kept = office.policy().letters
    assert [(text.kind, text.subject) for text in kept.texts] == [
        (LetterKind.FRESH, "For Harrow"),
        (LetterKind.CHASE, "Reminder from {school}"),
    ]
    look.use(Scheme.DARK)
    save(office.view, "settings-letters-dark")
    look.use(Scheme.LIGHT)
    save(office.view, "settings-letters")
    assert not unnamed_controls(office.view)
    assert not text_fits(office.view)
    office.presses(section.default)
    office.saves("Letters to the authority: saved.")
    kept = office.policy().letters
    assert [text.kind for text in kept.texts] == [LetterKind.FRESH]
    said = " ".join(f"{text.subject} {text.body}" for text in DEFAULTS)
    assert {blank for blank in BLANKS if f"{{{blank}}}" in said} >= {"name", "reference", "chronology", "matter"}
