"""Handle HTTP for every answer: middleware, problems, conditional requests, media types, OpenAPI."""
