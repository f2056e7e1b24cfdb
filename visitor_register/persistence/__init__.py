"""The journal, its projections, and the two encrypted files they live in."""
