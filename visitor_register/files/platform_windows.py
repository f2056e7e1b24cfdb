"""What only Windows offers for keeping a reader child small."""


def limit_memory(limit: int) -> None:
    """Do nothing yet: on Windows only the limits on file size, parts and time hold.

    The way is a Job Object made by the parent (CreateJobObject, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
    AssignProcessToJobObject). It is left out until it can be tried on Windows.
    """


def creation_flags() -> int:
    """Return CREATE_NO_WINDOW, so that no console flashes up at the desk."""
    return 0x08000000
