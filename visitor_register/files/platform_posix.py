"""What only Linux and macOS offer for keeping a reader child small."""

import contextlib
import resource


def limit_memory(limit: int) -> None:
    """Let this process map at most `limit` bytes. A system that refuses goes on with the time limit alone."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def creation_flags() -> int:
    """Return what `subprocess` needs to start a child without a window: nothing here."""
    return 0
