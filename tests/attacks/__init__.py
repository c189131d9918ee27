"""Tests that attack the app as a whole."""
