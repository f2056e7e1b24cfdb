"""The History screen: every visit, how it was recorded, and what was said about it afterwards."""
