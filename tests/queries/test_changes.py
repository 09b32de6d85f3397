"""An edition together with its changes gives the other one."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_api.curation.decision_log import record
from glossary_api.queries.changes import all_changes, changes
from glossary_api.store.edition import Edition
from tests.curation.test_sequences import DRAFTS, PILE, edition_of

EXAMPLES = 10
MADE = st.tuples(
    st.lists(st.sampled_from(sorted(PILE)), unique=True, min_size=1), st.lists(st.sampled_from(DRAFTS), max_size=4)
)

Content = dict[str, tuple[str, str, list[str], list[str]]]
"""By id of a term: name, kind, definitions and renderings, as JSON."""


def made(folder: Path, files: list[str], drafts: list[dict[str, Any]]) -> Edition:
    """The edition of some reports and decisions."""
    (folder / "pile").mkdir(parents=True)
    for name in files:
        (folder / "pile" / name).write_text(PILE[name], "utf-8")
    for draft in drafts:
        record(folder / "decisions.jsonl", draft, "li")
    edition_of(folder)
    return Edition.open(folder / "glossary.db")


def lines(documents: list[Any]) -> list[str]:
    """Documents in an order of their own, so that lists of them can be compared."""
    return sorted({json.dumps(one, sort_keys=True) for one in documents})


def terms(edition: Edition) -> Iterator[dict[str, Any]]:
    """What a follower sees of an edition: the documents of the list of terms."""
    cursor: str | None = None
    while True:
        page = edition.terms(limit=3, cursor=cursor)
        yield from (edition.term(item["name"]) for item in page.items)
        cursor = page.next
        if cursor is None:
            return


def content(edition: Edition) -> Content:
    """What an edition offers, read as a follower would."""
    found: Content = {}
    for term in terms(edition):
        owners = [("", term), *((sense["id"], sense) for sense in term["senses"])]
        renderings = [one | {"sense": id_} for id_, owner in owners for one in owner["equivalents"]]
        definitions = list(edition.definitions(term["name"], limit=200).items)
        found[term["id"]] = term["name"], term["kind"], lines(definitions), lines(renderings)
    return found


def applied(before: Content, items: list[dict[str, Any]]) -> Content:
    """An edition's content with changes applied."""
    after = dict(before)
    for item in items:
        id_ = item["term"]["id"]
        _, _, *lists = after.pop(id_, ("", "", [], []))
        if item["change"] == "gone":
            continue
        made = []
        for there, what in zip(lists, ("definitions", "renderings"), strict=True):
            gone, added = lines(item[what]["gone"]), lines(item[what]["added"])
            assert set(gone) <= set(there)
            made.append(sorted({*there, *added} - set(gone)))
        after[id_] = item["term"]["name"], item["term"]["kind"], made[0], made[1]
    return after


@settings(max_examples=EXAMPLES, deadline=None)
@given(MADE, MADE)
def test_an_edition_and_its_changes_give_the_other(one: Any, other: Any) -> None:
    """Whatever two editions are made of, the first one with the changes applied offers what the second one does."""
    with tempfile.TemporaryDirectory() as name:
        before, after = made(Path(name, "a"), *one), made(Path(name, "b"), *other)
        items = list(all_changes(before, after))
        assert applied(content(before), items) == content(after)
        assert applied(content(after), list(all_changes(after, before))) == content(before)
        assert (items == []) == (content(before) == content(after))
        before.close()
        after.close()


def test_pages_make_the_whole_list(tmp_path: Path) -> None:
    """The pages of the changes, whatever their size, have every change once, in order."""
    before, after = made(tmp_path / "a", ["taicang-2024.txt"], []), made(tmp_path / "b", sorted(PILE), [])
    whole = list(all_changes(before, after))
    assert len(whole) > 2
    for size in (1, 2, 50):
        found: list[Any] = []
        cursor: str | None = None
        while True:
            page = changes(before, after, size, cursor)
            found += page.items
            cursor = page.next
            if cursor is None:
                break
        assert found == whole


def test_an_edition_has_not_changed_against_itself(tmp_path: Path) -> None:
    """Between an edition and itself nothing changed, nor between two harvests of the same files."""
    names = sorted(PILE)
    one = made(tmp_path / "a", names, [])
    random.shuffle(names)
    assert all_changes(one, made(tmp_path / "b", names, [])) == ()
