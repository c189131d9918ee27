"""Suggesting and commenting: deeds and questions."""
