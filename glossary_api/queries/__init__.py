"""Questions that an edition can be asked, without any web library."""
