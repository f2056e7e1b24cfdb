"""Alembic's steps for the journal and the local tables. They import nothing of ours."""
