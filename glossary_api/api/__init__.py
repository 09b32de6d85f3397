"""The API: HTTP, routes, schemas."""
