"""The command-line window: one module a command."""
