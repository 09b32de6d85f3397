"""Chinese text itself: folding, readings, divisions, places, messages."""
