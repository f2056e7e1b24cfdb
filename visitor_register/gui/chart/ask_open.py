"""The message that asks a council about managers that were left open: to copy, never sent from here."""

from collections.abc import Sequence

from visitor_register.services.chart_questions import OpenManager, Ring


def open_text(managers: Sequence[OpenManager], rings: Sequence[Ring], file_name: str, operator: str) -> str:
    """Write the message, "" when nothing is open. It names staff as their own chart does, and nobody else."""
    asked = [
        f"- {', '.join(entry.reports)}" + (f": your chart says “{entry.spelling}”" if entry.spelling else "")
        for entry in managers
    ]
    asked += [f"- {', '.join(one.name for one, _ in ring.links)}: each is said to be above another" for ring in rings]
    if not asked:
        return ""
    return "\n".join(
        (
            "Hello,",
            "",
            f"Thank you for your structure chart ({file_name}). We could not tell who is the manager of:",
            "",
            *asked,
            "",
            "Please tell us, or correct it in your next chart.",
            "",
            "Thank you,",
            operator,
        )
    )
