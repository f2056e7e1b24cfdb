"""The fire list and the lockdown list on the screen: F9 from anywhere, also while locked."""
