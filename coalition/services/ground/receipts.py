"""Short codes a person can read aloud over the telephone."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I or O
SIGNS = 12  # 60 bits: too many to guess, and the database refuses a second one


def new_receipt() -> str:
    """Return a code such as ``7KQX-3MNP-W4TZ``."""
    return tidied("".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(SIGNS)))


def tidied(code: str) -> str:
    """Return a code as it was given out, however it was typed back."""
    signs = [sign for sign in code.upper() if sign in ALPHABET]
    return "-".join("".join(signs[i : i + 4]) for i in range(0, len(signs), 4))
