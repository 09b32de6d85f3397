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


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    """A file of settings is read, and the environment outranks it."""
    file = tmp_path / "glossary.toml"
    file.write_text('port = 8001\nworkers = 3\nrate_limit = "100/minute"\n', "utf-8")
    settings = Settings.from_environment({"GLOSSARY_CONFIG": str(file), "GLOSSARY_WORKERS": "5"})
    assert (settings.port, settings.workers, settings.rate_limit) == (8001, 5, "100/minute")


@pytest.mark.parametrize("text", ["port = ", "prot = 8001", "port = [1]", "port = 0", None])
def test_bad_files_are_refused(text: str | None, tmp_path: Path) -> None:
    """A file that is missing, is no TOML or says what no setting is, is refused in one line."""
    file = tmp_path / "glossary.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(SettingError) as caught:
        Settings.from_environment({"GLOSSARY_CONFIG": str(file)})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "bind", "root"),
    [
        ("::1", "[::1]:8000", "http://[::1]:8000/"),
        ("unix:/run/g.sock", "unix:/run/g.sock", "http://localhost/"),
        ("0.0.0.0", "0.0.0.0:8000", "http://0.0.0.0:8000/"),
    ],
)
def test_hosts(host: str, bind: str, root: str) -> None:
    """An IPv6 address is put in brackets, and a socket in a file has no port."""
    settings = Settings.from_environment({"GLOSSARY_HOST": host})
    assert (settings.bind, settings.root) == (bind, root)
