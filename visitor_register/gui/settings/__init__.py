"""The school, its hours, words, numbers and people."""
