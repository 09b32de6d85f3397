"""Parts of a web page: printed lines, blocks, and the article among them."""
