"""How suggestions and comments are drawn."""
