"""Parts of a PDF page: glyphs with their places, and the lines and paragraphs that they make."""
