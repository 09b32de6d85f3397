"""The annotate page: a text with every known term marked, the terms that it uses, and what a check of it finds.

Nothing of the text is kept or logged: it comes with the request and goes with the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Response, g, make_response, render_template, request

from glossary_api.api.http.rate_limit import WAIT
from glossary_api.api.http.standalone import standalone
from glossary_api.api.routes.lint import LONGEST_TEXT, reviewed
from glossary_api.errors import NotAReport
from glossary_api.model.things import Heading
from glossary_api.model.words import KINDS
from glossary_api.queries.annotate.annotator import AnnotateQuestion, MatchDocument, Standpoint
from glossary_api.queries.draft_notes import notes_of
from glossary_api.queries.finding_kinds import UNDEFINED
from glossary_api.queries.footnoted_draft import footnoted
from glossary_api.queries.printed_notes import printed
from glossary_api.queries.rank import Asked
from glossary_api.queries.served import annotator_of
from glossary_api.site.form import LARGEST_FILE, Fault, SentForm, SentText, read_form, understood
from glossary_api.site.narrowing import first_places
from glossary_api.site.page import blueprint, in_words, say, short, tag, to
from glossary_api.site.typeset import Link, appendix_heading, typeset
from glossary_api.site.uploads import is_word_file
from glossary_api.store.documents import JsonObject
from glossary_api.store.shapes import RenderingDocument
from glossary_api.text.places import NamedPlace

if TYPE_CHECKING:
    from glossary_api.queries.lint import Remark, Review

# Suffixes of the files that are read without another program; a file itself is known by what it holds.
DOCUMENTS = (".txt", ".md", ".docx", ".html", ".htm", ".mht", ".pdf", ".ofd")
"""Files that are one text."""
RECORDS = (".csv", ".tsv", ".json", ".jsonl", ".xlsx")
"""Data sets, a text in each record."""
PACKED = (".zip", ".tar", ".gz", ".bz2", ".xz", ".eml")
"""Files that hold other ones."""
SALUTATION, TITLE_BLOCK = "各位代表", 1000
"""What ends a title block, and how many characters one may have."""
FLAG = "f"
"""What the anchor of a flag begins with."""
SHOWN = 500
"""How many remarks the page prints at most."""
LONGEST_WORDS = 60
"""Characters of the text that a remark repeats."""


@blueprint.route("/annotate", methods=["GET", "POST"], strict_slashes=False)
def annotate() -> Response:
    """Return the form; of one that is sent, its text with the terms marked, or the form again with what is wrong."""
    if request.method != "POST":
        return make_response(render_template("annotate.html", **_around(SentForm()), faults=[], done=None))
    if wait := request.environ.get(WAIT, 0):
        return _refused(SentForm(), [Fault(429, "", "often", {"n": wait})])
    form = read_form()
    if isinstance(form, Fault):
        return _refused(SentForm(), [form])
    sent = understood(form, g.edition.places, tag())
    if not isinstance(sent, SentText):
        return _refused(form, sent)
    if form.footnoted and not is_word_file(form.data):
        return _refused(form, [Fault(422, "file", "footnotes")])
    if (form.noted or form.footnoted) and (review := _review(sent)):
        return _notes(review, form.data if form.footnoted else None)
    done = _done(form, sent)
    if form.saved and not (form.noted or form.footnoted):
        return _saved(form, done)
    return make_response(render_template("annotate.html", **_around(form), faults=[], done=done))


def _saved(form: SentForm, done: dict[str, Any]) -> Response:
    """Return the marked text with its terms as one file that needs nothing else."""
    title = form.file or say("annotated")
    answer = standalone("annotated/annotated", say=say, lang=g.lang, title=title, done=done, root=request.host_url[:-1])
    answer.headers["Content-Language"] = tag()
    answer.headers["Content-Disposition"] = 'attachment; filename="annotated.html"'
    return answer


def _notes(review: Review, draft: bytes | None) -> Response:
    """Return the glossary that a draft lacks, as a Word file; put into the draft as footnotes, if there is one."""
    notes = notes_of(g.edition, review)
    content = footnoted(draft, review.parsed.report.text, notes.notes).content if draft else printed(notes)
    answer = make_response(content)
    answer.mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = "footnotes" if draft else "glossary"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer


def _refused(form: SentForm, faults: Sequence[Fault]) -> Response:
    page = render_template("annotate.html", **_around(form), faults=faults, done=None)
    response = make_response(page, faults[0].status)
    if faults[0].status in (429, 503):
        response.headers["Retry-After"] = str(faults[0].values["n"])
    return response


def _around(form: SentForm) -> dict[str, Any]:
    """Return what the form itself shows."""
    return {
        "form": form,
        "text": form.text[:LONGEST_TEXT],
        "kinds": KINDS,
        "places": g.edition.once(first_places),
        "longest": LONGEST_TEXT,
        "megabytes": LARGEST_FILE // 1_000_000,
        "suffixes": DOCUMENTS,
        "accepted": (*DOCUMENTS, *RECORDS, *PACKED),
    }


def _done(form: SentForm, sent: SentText) -> dict[str, Any]:
    """Return everything that the page says of a text."""
    review = _review(sent)
    asked = review.asked if review else _asked(sent)
    headings = _headings(review, sent.text) if review else []
    standpoint = Standpoint(asked, tag())
    matches = annotator_of(g.edition).matches(sent.text, AnnotateQuestion(form.wanted, standpoint))
    terms, links = _terms(matches), list(_links(matches, form.rest))
    explained = sum(bool(link.title) for link in links)
    remarks = [(remark, _anchor(remark, links)) for remark in (review.remarks if review else ())]
    flags = [(remark.start, remark.end) for remark, anchor in remarks if anchor.startswith(FLAG)]
    return {
        "text": sent.text,
        "asked": asked,
        "lines": typeset(sent.text, headings, links, (), flags),
        "matches": len(matches),
        "marks": {"rest": form.rest, "explained": explained, "others": len(links) - explained},
        "terms": [term for term in terms if term["senses"]],
        "undefined": [term for term in terms if not term["senses"]],
        "copied": "\n".join(_lines(terms)),
        "checked": review is not None,
        **_checks(remarks, sent.text),
    }


def _checks(remarks: Sequence[tuple[Remark, str]], text: str) -> dict[str, Any]:
    """Return what the check found, unexplained slogans apart; `quiet` has the anchors of what is not set off."""
    graver = [(remark, anchor) for remark, anchor in remarks if remark.kind != UNDEFINED]
    slogans = [(remark, anchor) for remark, anchor in remarks if remark.kind == UNDEFINED]
    return {
        "remarks": [_remark(remark, anchor, text) for remark, anchor in graver[:SHOWN]],
        "more": max(len(graver) - SHOWN, 0),
        "unexplained": [_remark(remark, anchor, text) for remark, anchor in slogans],
        "quiet": {anchor for _, anchor in slogans} - {anchor for _, anchor in graver},
    }


def _review(sent: SentText) -> Review | None:
    """Return the text looked over as a draft is; None for one that has too much of something to be looked over."""
    try:
        return reviewed(sent.text, g.edition, sent.place, sent.date)
    except NotAReport:
        return None


def _asked(sent: SentText) -> Asked:
    place = sent.place or NamedPlace(None, None)
    return Asked(place.name, place.code, sent.date)


def _headings(review: Review, text: str) -> list[Heading]:
    """Return the headings of a text, that of its appendix too.

    Those before a salutation are lines of its title block.
    """
    start, appendix = text.find(SALUTATION, 0, TITLE_BLOCK), review.parsed.appendix
    headings = {heading.start: heading for heading in review.parsed.headings if heading.start > start}
    if appendix is not None:
        headings.setdefault(appendix.start, appendix_heading(text, appendix.start))
    return [headings[start] for start in sorted(headings)]


def _links(matches: Sequence[MatchDocument], rest: bool) -> Iterator[Link]:
    """Yield the matches as links to their terms; one without a gloss leads nowhere unless the `rest` is wanted too."""
    known: dict[str, tuple[str, str]] = {}
    for match in matches:
        term = match["term"]
        if match["senses"] is not None:  # the first of this term
            meant = match["senses"] if match["ambiguous"] else match["senses"][:1]
            gloss = short(" / ".join(sense["definition"] for sense in meant))
            known[term["id"]] = to("pages.term", name=term["name"]) if gloss or rest else "", gloss
        yield Link(match["start"], match["end"], *known[term["id"]], term["name"])


def _anchor(remark: Remark, links: Sequence[Link]) -> str:
    """Return where in the text a remark leads: an unexplained slogan within a link leads to that; none is cut up."""
    before = bisect_left(links, remark.end, key=attrgetter("start")) - 1
    if remark.kind == UNDEFINED and before >= 0 and links[before].end > remark.start:
        return f"u{links[before].start}"
    return f"{FLAG}{remark.start}"


def _terms(matches: Sequence[MatchDocument]) -> list[JsonObject]:
    """Return the terms as they come, each with its senses, the nearest first, and how often it comes."""
    terms: dict[str, JsonObject] = {}
    for match in matches:
        known = terms.setdefault(match["term"]["id"], {**match["term"], "count": 0, "first": match["start"]})
        known["count"] += 1
        if match["senses"] is not None:
            known["senses"], known["ambiguous"] = match["senses"], match["ambiguous"]
            known["elsewhere"] = match["elsewhere"]
            known["renderings"] = _renderings(match)
            known["href"] = to("pages.term", name=known["name"])
    return list(terms.values())


def _lines(terms: Sequence[JsonObject]) -> Iterator[str]:
    """Yield a glossary to copy: name, definition and source, parted by tabs."""
    for term in terms:
        for sense in term["senses"] if term["ambiguous"] else term["senses"][:1]:
            source = sense["source"]
            origin = " ".join(str(part) for part in (source["place"], source["year"]) if part)
            yield "\t".join(" ".join(cell.split()) for cell in (term["name"], sense["definition"], origin))


def _renderings(match: MatchDocument) -> list[RenderingDocument]:
    """Return the renderings of the sense that is meant, of every sense if nothing decides, each once."""
    senses = match["senses"] or []
    meant = {sense["id"] for sense in (senses if match["ambiguous"] else senses[:1])}
    fitting = [one for one in match["equivalents"] or () if one["sense"] is None or one["sense"] in meant]
    return list({(one["language"], one["rendering"]): one for one in fitting}.values())


def _remark(remark: Remark, anchor: str, text: str) -> JsonObject:
    words = text[remark.start : remark.end]
    other = remark.other
    return {
        "kind": remark.kind,
        "severity": remark.severity,
        "message": in_words(remark.message),
        "anchor": anchor,
        "words": words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…",
        "term": remark.term.name if remark.term else None,
        "definition": other.definition if other else None,
    }
