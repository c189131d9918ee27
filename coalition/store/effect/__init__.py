"""What follows a decision, in and out of the tables."""
