"""Says which pages of a drawing show who reports to whom; processes and flow charts often stand beside them."""

from collections import defaultdict
from collections.abc import Sequence

from visitor_register.errors import FileRefusedError
from visitor_register.files import drawn_boxes
from visitor_register.files.drawn_shapes import Sheet

_FLOW_CHART = (
    "The drawing is no chart of who reports to whom, because many boxes stand under several others: "
    "ask for the structure chart, or for the list as an Excel workbook (.xlsx)."
)
# Two boxes too many under several others, and one in eight of all: a flow chart of 17 boxes has 18 lines.
_TOO_MANY = 2
_ONE_IN = 8


def charts(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[tuple[str, str]]]:
    """Return the pages that are charts, and a note on each that is not.

    Beside a page whose boxes name people, one whose boxes name nobody is a process.

    Raises:
        FileRefusedError: there is nothing but flow charts.
    """
    read = [drawn_boxes.on_lines(sheet) for sheet in sheets]
    of_people = any(map(drawn_boxes.names_people, read))
    kept, left_out = [], []
    for sheet, page in zip(sheets, read, strict=True):
        flows = is_flow_chart(sheet) and not drawn_boxes.names_people(page)
        nobody = of_people and bool(page) and all(map(drawn_boxes.is_label, page))
        if flows or nobody:
            left_out.append((sheet.name, f"{sheet.name.capitalize()} was left out: it shows nobody's managers."))
        else:
            kept.append(sheet)
    if left_out and not any(sheet.ties for sheet in kept):
        raise FileRefusedError(_FLOW_CHART)
    return kept, left_out


def is_flow_chart(sheet: Sheet) -> bool:
    """Say whether so many boxes stand under several others that nobody could say who reports to whom."""
    above: dict[str, set[str]] = defaultdict(set)
    for tie in sheet.ties:
        if tie.manager and not tie.dashed:
            above[tie.child].add(tie.manager)
    more = sum(len(managers) - 1 for managers in above.values())
    return more >= _TOO_MANY and more * _ONE_IN >= len(above)
