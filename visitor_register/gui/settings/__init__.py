"""Settings: what the school may set, by role, and what belongs to this PC."""
