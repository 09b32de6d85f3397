"""Terms in any text."""
