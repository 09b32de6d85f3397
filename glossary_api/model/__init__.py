"""The things that the program speaks of, as frozen dataclasses, and the words for their kinds."""
