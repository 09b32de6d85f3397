"""Stage: parsing."""
