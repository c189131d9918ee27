"""Measures of where consensus stands, and what is asked of the board."""
