"""Contacts with the authority, for the DSL and the head: what is owed, by whom, until when and why."""
