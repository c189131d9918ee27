"""Suggestions and comments, in and out of the tables."""
