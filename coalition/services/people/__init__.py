"""People: organisations, seats, accounts, sessions, inquiries."""
