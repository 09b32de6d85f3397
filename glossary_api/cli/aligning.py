"""The command `align`: what a translation proposes, printed, written as a table, queued for a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from glossary_api.cli.printing import Line
from glossary_api.cli.wording import say, spoken
from glossary_api.curation.decision_log import record
from glossary_api.harvesting.equivalents import problems_with
from glossary_api.model.messages import Message
from glossary_api.model.words import OFFICIAL
from glossary_api.settings import Settings
from glossary_api.store.edition import Edition
from glossary_api.store.replacing import check_output
from glossary_api.translation.align.align_file import (
    AlignedFile,
    align_file,
    as_document,
    bare,
    drafts,
    proposed_rows,
    reason,
)
from glossary_api.translation.takeover import write


def run_align(
    source: Path,
    target: Path | None,
    *,
    output: Path | None,
    replace: bool,
    queue: bool,
    lang: str,
    since: str,
    as_json: bool,
    who: str,
    decisions: str | None,
    edition: str | None,
) -> None:
    """Align, and do with what is proposed what the options say. Raises ReadError, DecisionError, GlossaryError."""
    if wrong := problems_with({"from": since} if since else {}, "--since"):
        raise wrong[0]
    if output is not None:
        check_output(output, replace=replace, inputs=[source, *([target] if target else [])])
    settings = Settings.from_environment().updated({"edition": edition, "decisions": decisions})
    made = align_file(source, target, Edition.open(settings.edition), lang)
    rows = proposed_rows(made, lang, since, spoken())
    if as_json:
        click.echo(orjson.dumps(as_document(made), option=orjson.OPT_INDENT_2).decode())
    elif output is None and not queue:
        say(*_shown(made))
    counts = {"pairs": len(made.bitext.pairs), "alone": made.bitext.alone, "count": len(rows)}
    say(Message("aligned-summary", **counts, terms=sum(bool(one.proposals) for one in made.terms)), err=True)
    if output is not None:
        write(rows, output)
        say(Message("written-to", path=output), err=True)
    if queue:
        for draft in drafts(made, rows, OFFICIAL):
            key = f"align {draft['term']} {draft['language']} {draft['rendering']}"
            record(settings.decision_log, draft, who, proposed=True, key=key[:500])
        say(Message("aligned-queued", count=len(rows), path=settings.decision_log), err=True)


def _shown(made: AlignedFile) -> Iterator[Line]:
    for one in made.terms:
        yield Message("aligned-term", name=one.term["name"], passages=one.passages)
        for rank, proposal in enumerate(one.proposals, 1):
            place = made.bitext.pairs[proposal.passages[0]].place
            said = {"rank": rank, "rendering": bare(proposal.rendering), "place": place}
            yield Message("aligned-proposal", **said, reason=reason(one, proposal))
