"""How Today, the desk and the public front are drawn."""
