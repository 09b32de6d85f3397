"""An edition for language models, over the Model Context Protocol."""
