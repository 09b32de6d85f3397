from __future__ import annotations

from pathlib import Path

import pytest

from glossary_api.errors import SettingError
from glossary_api.settings import Settings


def test_settings_come_from_the_environment() -> None:
    """Every variable sets its field; what is not set keeps its default, and other variables do not matter."""
    settings = Settings.from_environment(
        {"GLOSSARY_EDITION": "/srv/g.db", "GLOSSARY_RATE_LIMIT": "100/minute", "GLOSSARY_OTHER": "x", "PORT": "1"}
    )
    assert settings == Settings(edition=Path("/srv/g.db"), rate_limit="100/minute")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("WORKERS", "0"),
        ("PROXIES", "-1"),
        ("PROXIES", "one"),
        ("RATE_LIMIT", "many"),
        ("RATE_LIMIT", ""),
        ("RATE_LIMIT", "0/minute"),
        ("RATE_LIMIT", "100/fortnight"),
        ("LOG_REQUESTS", "yes"),
        ("ADDRESS", ""),
        ("ADDRESS", "glossary.example"),
        ("ADDRESS", "ftp://glossary.example/"),
        ("ADDRESS", "https://glossary.example/?q=1"),
    ],
)
def test_bad_values_are_refused(name: str, value: str) -> None:
    """A value that a setting cannot have is refused in one line that names the variable."""
    with pytest.raises(SettingError, match=rf"^GLOSSARY_{name}: .+") as caught:
        Settings.from_environment({f"GLOSSARY_{name}": value})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("value", ["off", "1/second", "100/minute", "5000 per day", "10/15minutes"])
def test_limits(value: str) -> None:
    """A limit is a number in a time, or off."""
    assert Settings.from_environment({"GLOSSARY_RATE_LIMIT": value}).rate_limit == value


@pytest.mark.parametrize(
    ("address", "root"),
    [
        ("as asked", "http://127.0.0.1:8000/"),
        ("https://g.example", "https://g.example/"),
        ("http://g:81/a/b/", "http://g:81/a/b/"),
    ],
)
def test_addresses(address: str, root: str) -> None:
    """The root of the server is its address, or host and port, with one slash at the end."""
    assert Settings.from_environment({"GLOSSARY_ADDRESS": address}).root == root
