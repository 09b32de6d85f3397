"""What the program speaks of: things as frozen dataclasses, and the words for their kinds."""
