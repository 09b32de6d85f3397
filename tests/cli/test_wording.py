from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossary_api.cli.main import main
from glossary_api.cli.wording import chinese, help_texts, sentences
from glossary_api.exports.formats import FORMATS
from glossary_api.settings import Settings, language_tag


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


def texts_of_help() -> set[str]:
    """Every paragraph of the help of the program, its commands, options and settings, in English."""
    settings = {text for _, default, meaning in Settings.described() for text in (default, meaning)}
    formats = {one for each in FORMATS.values() for one in (each.summary, *sentences(each.manual))}
    help_ = {one for text in help_texts(main) for one in text.paragraphs}
    return help_ | formats | {text for text in settings if " " in text}


def test_all_help_can_be_had_in_chinese() -> None:
    """Every command, option and setting has its help in Chinese."""
    known = chinese()
    assert [text for text in texts_of_help() if not re.search(r"[\u4e00-\u9fff]", known.get(text, ""))] == []


def test_the_language_of_help() -> None:
    """Help is in the language of the option, else of the environment, and in English again thereafter."""
    runner = CliRunner(env={"LC_ALL": "C"})
    said = {
        "查一个名称": (["--language", "zh", "lookup", "-h"], {}),
        "采集报告": (["-h"], {"GLOSSARY_LANGUAGE": "zh"}),
        "设置从环境变量读取：": (["--language", "zh", "-h"], {}),
        "Look a name up": (["lookup", "-h"], {}),
        "-h, --help  Show this message and exit.": (["lookup", "-h"], {}),
    }
    for text, (arguments, environment) in said.items():
        shown = runner.invoke(main, arguments, env=environment).output
        assert " ".join(text.split()) in " ".join(shown.split())


def test_chinese_help_fits_a_terminal() -> None:
    """Chinese is cut into lines between characters, each no wider than the terminal, none beginning with a comma."""
    shown = CliRunner(env={"LC_ALL": "C"}).invoke(main, ["--language", "zh", "decide", "-h"]).output
    widths = [sum(2 if "\u2e80" <= sign <= "\uffef" else 1 for sign in line) for line in shown.splitlines()]
    assert max(widths) <= 80
    assert not re.search(r"^\s*[，。；：、）]", shown, re.MULTILINE)
