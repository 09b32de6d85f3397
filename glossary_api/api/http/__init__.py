"""What every answer goes through: middleware, problems, conditional requests, media types, OpenAPI."""
