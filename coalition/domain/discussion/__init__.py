"""Discussion: suggested changes, comments, mentions, reactions."""
