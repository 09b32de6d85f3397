"""Renderings of terms: read, held against translations, handed to translation tools."""
