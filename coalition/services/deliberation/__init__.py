"""Deliberation: proposals, rounds, ballots and their verdicts."""
