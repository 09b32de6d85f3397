"""The process that talks to clients: gathers their requests, however slowly they come, and sends answers likewise."""
