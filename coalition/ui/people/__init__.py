"""What the pages of the people wing draw."""
