"""What a PDF page is made of: glyphs with their places, and the lines and paragraphs that they make."""
