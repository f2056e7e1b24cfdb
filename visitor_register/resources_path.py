"""Where the files that come with the program lie: in the installed package, else in the checkout."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def resources_folder() -> Path:
    """The folder with icons, fonts, styles and help pages."""
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The program's own resources are missing. Install it again.")


def resource(*parts: str) -> Path:
    """One file or folder of the resources, such as `resource("fonts")`."""
    return resources_folder().joinpath(*parts)
