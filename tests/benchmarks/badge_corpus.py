"""Finds the badge corpus, which lies beside the checkout and draws the same frames from the same seed everywhere."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

_PLACE = Path(__file__).parents[3] / "shared" / "badge_corpus.py"


def corpus() -> ModuleType:
    """The corpus as a module: `specs(seed=...)`, `render(spec)`, `decode(jpeg)`.

    Raises:
        FileNotFoundError: it is not beside the checkout.
    """
    if (module := sys.modules.get("badge_corpus")) is not None:
        return module
    spec = importlib.util.spec_from_file_location("badge_corpus", _PLACE)
    if spec is None or spec.loader is None or not _PLACE.is_file():
        raise FileNotFoundError("Put badge_corpus.py into a folder `shared` beside the checkout.")
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name while they are made.
    sys.modules["badge_corpus"] = module
    spec.loader.exec_module(module)
    return module
