"""What happened, by whom, and corrections."""
