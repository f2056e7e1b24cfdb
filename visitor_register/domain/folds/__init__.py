"""One fold per kind of subject: its entries in order in, how it stands now out."""
