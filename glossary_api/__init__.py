"""The map of the house.

A pile of government work reports becomes a glossary that is served, in six verbs:

    read  → parse → merge → match → keep → serve

====== ============================================================ ==========================================
verb   from → to                                                    where
====== ============================================================ ==========================================
read   a file → `Document`: text as printed                         `reading/`, by content: `formats.py`
parse  `Document` → `ParsedReport`: title block, entries, slogans   `parsing/`, in the order of `parse.py`
merge  entries and slogans → `Term` with variants and senses        `merging.py`
match  terms and any text → `Match`, in a report's body a `Usage`   `matching.py`
keep   all of it → an edition: one immutable SQLite file            `store/`: `writing.py`, `lookup.py`
serve  an edition → REST API, pages                                 `api/`, `web/` (no Python in it)
====== ============================================================ ==========================================

Ground, which imports nothing above it: `model.py` (the things spoken of), `errors.py` (what can go wrong),
`folding.py` (one form of a name, with the map back to the source), `geography.py` (how far apart two places are),
`readings.py` (how a name is read aloud), `settings.py` (the only reader of the environment).

On the ground stand the stages `reading`, `parsing`, `merging`, `matching`, `store`; no stage imports another. Above
them `harvest.py` is the one place where they meet, `evaluation.py` measures a harvest against hand-made expectations
and `printing.py` puts it into lines; `api/` serves an edition and imports no parser. On top: `serving.py` (a server
around the application), `cli.py` and `wsgi.py`.

In the parser (`parsing/`) rules are data: lists of named patterns in JSON, each with its reason and its examples, or
functions whose docstrings show what they recognise. `lines.py`, `markers.py`, `quotes.py`, `enumerations.py` cut a
text; `title.py`, `outline.py`, `appendix.py`, `entries.py`, `heads.py`, `marks.py`, `slogans.py`, `inline.py` find
things in it; `kinds.py`, `numerals.py`, `members.py`, `places.py` say what they are.

Every span, everywhere, is half open and counts code points into the report's text as read.
"""
