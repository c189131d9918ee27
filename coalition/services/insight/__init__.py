"""The convener's sight: the views of the board, each one question with its answer."""
