"""First start, signing in at the desk, and the lock."""
