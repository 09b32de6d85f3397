"""The command for who writes a draft, for `main.py` to take up; what it needs is imported when it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossary_api.cli.options import EDITION, one_line, opened, output_options
from glossary_api.cli.wording import say
from glossary_api.errors import ReadError
from glossary_api.model.messages import Message

if TYPE_CHECKING:
    from glossary_api.queries.draft_notes import DraftNotes


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@output_options("The .docx.", required=True)
@click.option("--footnotes", is_flag=True, help="The draft itself, a .docx, with the explanations as footnotes.")
@click.option("--place", help="Whose draft it is [as its title block says]: the nearest explanations are taken.")
@EDITION
@one_line
def appendix(draft: Path, output: Path, replace: bool, footnotes: bool, place: str | None, edition: str | None) -> None:
    """Write the glossary (名词解释) of a draft as .docx, ready to be pasted; what is left open is listed."""
    from glossary_api.queries.draft_notes import notes_of_text
    from glossary_api.queries.printed_notes import printed
    from glossary_api.reading.read import read
    from glossary_api.store.replacing import check_output
    from glossary_api.store.saving import save

    check_output(output, replace=replace, inputs=[draft])
    asked = opened(edition)
    named = asked.places.find(place) if place else None
    text = read(draft).text
    notes = notes_of_text(asked, text, named)
    if footnotes:
        say(*_footnoted(draft, text, notes, output))
        return
    save([printed(notes)], output)
    say(Message("appendix-written", path=output, notes=len(notes.notes), count=len(notes.left_open)))


def _footnoted(draft: Path, text: str, notes: DraftNotes, output: Path) -> Iterator[Message]:
    """Write a draft with its footnotes; yield how many, and each slogan that has none with the reason."""
    from glossary_api.queries.footnoted_draft import footnoted
    from glossary_api.reading.word.package import is_docx
    from glossary_api.store.saving import save

    data = draft.read_bytes()
    if not is_docx(data):
        raise ReadError("footnotes-need-docx", place=str(draft), remedy="save-again-as-docx")
    made = footnoted(data, text, notes.notes)
    save([made.content], output)
    without = len(made.passed_by) + len(notes.left_open)
    yield Message("footnotes-written", path=output, count=len(made.placed), left=without)
    for note in made.passed_by:
        yield Message("without-footnote", name=note.name, message=Message("footnote-has-no-place"))
    for one in notes.left_open:
        yield Message("without-footnote", name=one.name, message=one.reason)
