"""The rules: frozen values and pure functions, no library."""
