"""The table as a whole: what may know every wing."""
