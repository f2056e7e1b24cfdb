"""Who is expected, and how much notice was given."""
