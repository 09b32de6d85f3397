"""What a Word file is made of: its parts, its styles, its automatic numbering."""
