"""Exports: an edition in the formats of other people's tools."""
