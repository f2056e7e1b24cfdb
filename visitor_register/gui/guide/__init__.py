"""The user guide inside the program: F1 opens it at the page in use."""
