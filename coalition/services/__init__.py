"""What a person can do or ask: one function a deed, one transaction a function."""
