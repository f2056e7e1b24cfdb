"""Verbs and queries: each takes a session first, never commits, returns frozen values."""
