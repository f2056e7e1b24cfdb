"""What leaves the program on paper or as a PDF: one painting for both."""
