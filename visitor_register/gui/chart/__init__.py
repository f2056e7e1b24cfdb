"""Who works where, under whom, and the import of a new chart."""
