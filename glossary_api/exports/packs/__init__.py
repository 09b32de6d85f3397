"""Dictionaries to take along: what readers of dictionaries open without a server."""
