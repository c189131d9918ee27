"""The catalogues: every word of the interface in every language."""
