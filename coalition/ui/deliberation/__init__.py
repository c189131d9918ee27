"""How proposals, rounds and ballots are drawn."""
