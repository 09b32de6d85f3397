from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.settings import language_tag


def test_it_speaks_chinese(tmp_path: Path) -> None:
    """What is said of a file that is not there, and of an option that there is not, can be had in Chinese."""
    for arguments, said in (
        (["--language", "zh", "inspect", str(tmp_path / "none.txt")], "没有这个文件；请检查文件名"),
        (["--language", "zh", "harvest", "--none"], "没有 '--none' 这个选项。"),
    ):
        assert said in CliRunner(env={"LC_ALL": "C"}).invoke(main, arguments).output
    assert "No such option" in CliRunner(env={"LC_ALL": "C"}).invoke(main, ["harvest", "--none"]).output


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "GLOSSARY_LANGUAGE": "en"}, "en"),
        ({"GLOSSARY_LANGUAGE": "zh"}, "zh-Hans"),
    ],
)
def test_the_language_of_messages(environment: dict[str, str], language: str) -> None:
    """What is asked for counts first, then the setting, then the locale."""
    assert language_tag(None, environment) == language
    assert language_tag("zh", environment) == "zh-Hans"
