"""`gunicorn wsgi:app`: the application for the settings in the environment."""

from glossary_api.server import application

app = application()
