"""How notices, and the choice of them, are drawn."""
