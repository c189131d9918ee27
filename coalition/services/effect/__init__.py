"""After the decision: dissent, outcome statements, what superseded it."""
