"""How a decision is drawn with what followed it."""
