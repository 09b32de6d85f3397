"""Parts of a Word file: its parts, its styles, its automatic numbering."""
