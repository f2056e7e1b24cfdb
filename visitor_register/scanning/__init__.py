"""Camera, decoder, gate. No Qt, no database."""
