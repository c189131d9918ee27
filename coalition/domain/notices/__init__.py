"""Notices: who is told what, how soon, and by which mail."""
