"""The shapes of the answers of tools. What is not known is left out: each word costs its reader something."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic takes no other before Python 3.12


class Cited(TypedDict):
    """Where a quotation stands; `start` and `end` count code points of the report's text."""

    report: NotRequired[Annotated[str, Field(description="Id of the report.")]]
    place: NotRequired[str]
    year: NotRequired[int]
    entry: NotRequired[Annotated[int, Field(description="Number of the note in its appendix.")]]
    start: NotRequired[int]
    end: NotRequired[int]
    address: NotRequired[str]


class Rendered(TypedDict):
    """A curated rendering: use it as it is, the gloss at the first use only."""

    language: str
    rendering: str
    gloss: NotRequired[str]
    status: Annotated[str, Field(description="official, approved or only proposed.")]


class Explained(TypedDict):
    """A meaning, quoted from one of the reports that give it."""

    sense: str
    definition: str
    source: Cited
    reports: NotRequired[Annotated[int, Field(description="How many reports say the same.")]]
    why: Annotated[str, Field(description="Why it holds or does not hold where the name stands.")]
    renderings: NotRequired[list[Rendered]]


class Listed(TypedDict):
    """The fields of every list besides its items."""

    total: int
    next: NotRequired[Annotated[str, Field(description="Pass it as `cursor` to read on.")]]
    note: str


class LookedUp(Listed):
    """The meanings of a name."""

    name: str
    term: Annotated[str, Field(description="Its id; the whole is at the resource glossary://terms/{name}.")]
    forms: NotRequired[Annotated[list[str], Field(description="Other printed forms.")]]
    status: Annotated[str, Field(description="established, or only a candidate.")]
    usages: int
    place: NotRequired[str]
    ambiguous: NotRequired[Annotated[bool, Field(description="The best senses tie.")]]
    renderings: NotRequired[Annotated[list[Rendered], Field(description="Of the name, whatever it means.")]]
    senses: Annotated[list[Explained], Field(description="Meanings that hold where the name stands, best first.")]
    elsewhere: Annotated[list[Explained], Field(description="Meanings that do not hold there.")]


class TermInText(TypedDict):
    """A term of a text."""

    name: str
    spans: Annotated[list[list[int]], Field(description="Starts and ends in code points, the first few.")]
    times: NotRequired[Annotated[int, Field(description="How often it stands there, if more than once.")]]
    ambiguous: NotRequired[bool]
    definition: NotRequired[Annotated[str, Field(description="Cut if long: `lookup` has the whole.")]]
    source: NotRequired[Cited]
    renderings: NotRequired[list[Rendered]]


class Annotations(Listed):
    """The terms of a text, those that are explained or rendered first, each part in the order of the text."""

    terms: list[TermInText]


class FoundPassage(TypedDict):
    """A name, a definition or a paragraph in which all words stand."""

    field: Annotated[str, Field(description="name, definition or context.")]
    terms: list[str]
    text: str
    source: NotRequired[Cited]


class FoundPassages(Listed):
    """Passages, names first."""

    items: list[FoundPassage]
    nearest: NotRequired[Annotated[list[str], Field(description="Names that may be meant, where nothing was found.")]]


class Use(TypedDict):
    """A place where a term stands, quoted with what is around it."""

    text: str
    heading: NotRequired[str]
    source: Cited


class UsagesFound(Listed):
    """The places where a term stands, the earliest first."""

    name: str
    usages: list[Use]


class ComparedText(TypedDict):
    """A definition beside the others."""

    sense: str
    definition: str
    source: Cited
    agreement: NotRequired[Annotated[float, Field(description="With the others on average, 0 to 1.")]]
    reference: NotRequired[Annotated[bool, Field(description="It agrees most with the others.")]]
    differences: NotRequired[Annotated[list[list[str]], Field(description="Here, and what the reference has there.")]]


class DefinitionsBeside(Listed):
    """The definitions of a term side by side."""

    name: str
    agreement: NotRequired[float]
    definitions: list[ComparedText]


class Coined(TypedDict):
    """A quoted phrase that stands in no report of an earlier year."""

    name: str
    kind: str
    span: list[int]
    known: Annotated[bool, Field(description="Whether the glossary has it as a term.")]
    reports: NotRequired[Annotated[int, Field(description="How many other reports use it, none earlier.")]]
    explanation: NotRequired[str]


class NewSlogans(Listed):
    """The phrases that a report coins."""

    report: Cited
    slogans: list[Coined]


class Problem(TypedDict):
    """Something to look at in a translation; spans count code points."""

    kind: str
    severity: str
    message: str
    term: NotRequired[str]
    expected: NotRequired[Annotated[list[str], Field(description="Renderings that would be right.")]]
    source: NotRequired[list[list[int]]]
    target: NotRequired[list[list[int]]]


class Problems(Listed):
    """The things to look at in a translation, in the order of the source."""

    problems: list[Problem]


class Glossed(TypedDict):
    """A term of a report."""

    name: str
    explained: Annotated[str, Field(description="By whom: own, borrowed or nobody.")]
    usages: int
    definition: NotRequired[str]
    source: NotRequired[Cited]
    ambiguous: NotRequired[bool]


class ReportGlossary(Listed):
    """The terms of a report: explained by itself, by others, by nobody."""

    report: Cited
    terms: list[Glossed]


class ListedReport(TypedDict):
    """A report."""

    id: str
    title: NotRequired[str]
    place: NotRequired[str]
    date: NotRequired[str]
    year: NotRequired[int]
    explained: Annotated[int, Field(description="How many terms it explains.")]


class Reports(Listed):
    """The reports of the edition, by id."""

    reports: list[ListedReport]
