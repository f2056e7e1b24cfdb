"""The windows. Screens reach data only through jobs."""
