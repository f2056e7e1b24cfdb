"""A spoilt `machine.toml` with numbers that nobody can have set: the program has its usual ones."""

from visitor_register.gui.settings import machine
from visitor_register.gui.theme import Theme
from visitor_register.scanning.wedge import WedgeSettings
from visitor_register.settings import Machine


def test_numbers_that_nobody_can_have_set_are_the_usual_ones(look: Theme) -> None:
    odd = Machine(text_size=10**400, burst_gap_ms=3_600_000, quiet_ms=-(10**30), theme="\0")
    assert machine.wedge_settings(odd) == WedgeSettings()
    machine.apply_look(odd)
    assert look.factor == 1.0
    machine.apply_look(Machine(theme="light"))
