"""Formats in and out: charts, invitations, prints. No database."""
