"""What the board asks of many rounds at once."""
