"""The HTTP window: the guard, the sign-in hand-over, public files."""
