"""First start and sign-in: what one sees before the register is open, and while it is locked."""
