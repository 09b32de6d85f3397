"""What a web page is made of: printed lines, blocks, and the article among them."""
