from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import glossary_api
from glossary_api.model import words
from glossary_api.text.captions import all_captions, captions

WEB = Path(glossary_api.__file__).parent / "web"
LISTS = {
    "kind": words.KINDS,
    "kinds": words.KINDS,
    "level": words.LEVELS,
    "status": words.EQUIVALENT_STATUSES,
    "translation": words.TRANSLATION_STATUSES,
    "source": words.SOURCE_TYPES,
    "variant": words.VARIANT_TYPES,
}


@pytest.mark.parametrize("group", LISTS)
def test_every_value_has_a_label_in_both_languages(group: str) -> None:
    """A group labels each value of its list in the model, and no other, in Chinese and English."""
    assert tuple(all_captions()[group]) == LISTS[group]
    assert all(set(words) == {"zh", "en"} and all(words.values()) for words in all_captions()[group].values())


def test_every_group_belongs_to_a_list() -> None:
    """There are no labels for what the model does not list."""
    assert set(all_captions()) == set(LISTS)


@pytest.mark.parametrize(("folder", "language"), [("zh_CN", "zh"), ("en", "en")])
def test_the_extension_says_the_same(folder: str, language: str) -> None:
    """The options of the extension call the kinds as the pages do."""
    messages = json.loads((WEB / "extension" / "_locales" / folder / "messages.json").read_text("utf-8"))
    assert {kind: messages[f"kind_{kind}"]["message"] for kind in words.KINDS} == captions("kinds", language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tooltip_says_the_same(language: str) -> None:
    """The tooltip calls kinds and statuses as the pages do."""
    card = (WEB / "shared" / "card.js").read_text("utf-8")
    words = card[card.index(f"  {language}: {{\n") :]
    for property_, group in (("kinds", "kind"), ("statuses", "status")):
        found = re.search(rf"{property_}: \{{ (.*) \}}", words)
        assert found is not None
        assert dict(re.findall(r'(\w+): "([^"]*)"', found[1])) == captions(group, language)
