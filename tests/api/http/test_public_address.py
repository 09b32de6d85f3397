from __future__ import annotations

from pathlib import Path

from glossary_api.settings import Settings
from glossary_api.site.app import create_app


def test_links_lead_to_the_address_of_the_setting(edition_path: Path) -> None:
    """Absolute links begin with the address that is set, with its path."""
    client = create_app(Settings(edition=edition_path, address="https://g.example/words")).test_client()
    answer = client.get("/opensearch.xml", base_url="https://g.example")
    assert "https://g.example/words/" in answer.text
    assert "10.0.0.7" not in answer.text
