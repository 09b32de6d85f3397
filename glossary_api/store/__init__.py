"""The store: editions as SQLite files, written and opened."""
