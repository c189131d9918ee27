"""Notices: who is told what, how soon, and the mails that tell it."""
