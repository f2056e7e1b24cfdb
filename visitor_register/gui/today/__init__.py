"""The front desk: who stands there, and what to do next."""
