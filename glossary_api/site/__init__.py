"""The pages for people: server-rendered HTML over the same edition that the API answers from."""
