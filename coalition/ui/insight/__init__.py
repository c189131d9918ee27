"""How the views of the board are drawn."""
