"""Effect: what is said of a decision after it was made."""
