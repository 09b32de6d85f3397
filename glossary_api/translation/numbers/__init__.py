"""Numbers on both sides of a translation: read with their units, compared by what they are worth."""
