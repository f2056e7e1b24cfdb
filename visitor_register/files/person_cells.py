"""Says whether a text that stands alone in a cell or a heading is somebody's name, a vacancy, or neither."""

from visitor_register.domain import chart_text
from visitor_register.domain.names_clean import clean_name
from visitor_register.files.drawn_words import look


def names_person(text: str) -> bool:
    """Say whether it is a name beyond doubt, whatever is remarked beside it ("Ms HILL, Ada (agency)"), or a vacancy."""
    return is_vacancy(text) or look(clean_name(text).name).is_name


def is_vacancy(text: str) -> bool:
    """Say whether it says that nobody is in the post, and no more than that."""
    return look(chart_text.clean(text)).vacant
