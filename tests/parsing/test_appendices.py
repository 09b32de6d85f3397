from __future__ import annotations

from typing import TYPE_CHECKING

from glossary_api.model.things import ParsedReport

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse, Sample


def rows(parsed: ParsedReport) -> str:
    """What the parser found, in the words of the fixture file."""
    found = [
        (_shown(entry.number), _shown(entry.page), entry.head, term.name, term.definition.text)
        for entry in parsed.entries
        for term in entry.terms
    ]
    return "\n".join("\t".join(row) for row in found) if parsed.appendix else "no appendix"


def _shown(number: int | None) -> str:
    return "-" if number is None else str(number)


def test_entries(appendix_sample: Sample, parse_text: Parse) -> None:
    """Every entry of a sample is found, with number, page, head, names and definitions as expected, and no other."""
    assert rows(parse_text(appendix_sample.text)) == appendix_sample.expected


def test_spans(appendix_sample: Sample, parse_text: Parse) -> None:
    """The spans of an appendix lie within each other and slice back to what was printed."""
    text, parsed = appendix_sample.text, parse_text(appendix_sample.text)
    assert (parsed.appendix is None) == (not parsed.entries)
    for entry in parsed.entries:
        assert parsed.appendix
        assert parsed.appendix.start <= entry.start < entry.end <= parsed.appendix.end
        printed = text[entry.start : entry.end]
        assert printed.startswith(entry.marker)
        assert entry.head in printed
        for term in entry.terms:
            assert term.name in entry.head or all(part in entry.head for part in term.name.split("“"))  # shared prefix
            for passage in (term.definition, *term.members):
                assert text[passage.start : passage.end] == passage.text
                assert entry.start < passage.start < passage.end <= entry.end


def test_body_ends_where_the_appendix_begins(appendix_sample: Sample, parse_text: Parse) -> None:
    """No slogan and no mark is read out of the appendix."""
    parsed = parse_text(appendix_sample.text)
    for start, end in parsed.body:
        assert not parsed.appendix or end <= parsed.appendix.start or start >= parsed.appendix.end
    spans = [(slogan.start, slogan.end) for slogan in parsed.slogans]
    spans += [(mark.start, mark.end) for mark in parsed.marks]
    for start, end in spans:
        assert any(begin <= start < end <= stop for begin, stop in parsed.body)
