"""The coalition's working table: organisations decide together, on the record."""
