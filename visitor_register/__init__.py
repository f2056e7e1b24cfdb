"""A visitors' register for school reception."""
