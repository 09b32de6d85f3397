"""A translation held against the renderings of its terms, and its numbers against those of its source."""
