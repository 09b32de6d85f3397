"""DMLex, held to the schema that OASIS publishes."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

SCHEMA = Path(__file__).parent / "schemas" / "dmlex" / "dmlex.schema.json"


def test_dmlex_is_as_its_schema_says(files: dict[str, Path]) -> None:
    """The seed in DMLex is valid, ids are given once, and each translation is in a language that is named."""
    document = json.loads(files["dmlex"].read_bytes())
    Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(document)
    ids = [one["id"] for entry in document["entries"] for one in (entry, *entry["senses"])]
    senses = [sense for entry in document["entries"] for sense in entry["senses"]]
    languages = {one["langCode"] for sense in senses for one in sense["headwordTranslations"]}
    assert languages == set(document["translationLanguages"]) == {"en"}
    assert len(senses) > 100
    assert len([*ids]) - len(document["entries"]) == len({sense["id"] for sense in senses})
