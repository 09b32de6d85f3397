"""Terms in a text that a caller sends."""
