"""Notices: what is to be told, who is told, and the mails that tell it."""
