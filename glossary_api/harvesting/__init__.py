"""From files to everything that one edition is made of."""
