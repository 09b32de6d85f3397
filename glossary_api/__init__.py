"""The map of the house.

A pile of government work reports becomes a glossary that is served, in six verbs:

    read  → parse → merge → match → keep → serve

====== ============================================================ ==========================================
verb   from → to                                                    where
====== ============================================================ ==========================================
read   a file → `Document`: text as printed                         `reading/`, by content: `formats.py`
parse  `Document` → `ParsedReport`: title block, entries, slogans   `parsing/`, in the order of `parse.py`
merge  entries and slogans → `Term` with variants and senses        `merging.py`
match  terms and any text → `Match`, in a report's body a `Usage`   `matching/`, its sense `resolving.py`
keep   all of it → an edition: one immutable SQLite file            `store/`: `writing.py`, `lookup.py`
serve  an edition → REST API, exports, pages                        `api/`, `exports/`, `web/` (no Python in it)
====== ============================================================ ==========================================

Ground, which imports nothing above it: `model.py` (the things spoken of), `errors.py` (what can go wrong),
`folding.py` (one form of a name, with the map back to the source), `geography.py` (divisions: their names,
what they lie in, how far apart two are),
`readings.py` (how a name is read aloud), `renderings.py` (terms in a text that is to be translated),
`archive.py` (zip archives that depend on their content alone), `settings.py` (the only reader of the environment).

On the ground stand the stages `reading`, `parsing`, `merging`, `resolving`, `matching`, `ranking`, `equivalents`
(curated renderings, laid to terms and senses), `store`, `exports` (`formats.py` is the list of them, `packs/` has the
dictionaries), `pretranslating` (which rendering a term has to have where), `checking` (whether a translation has it),
`bilingual` (translations in files of other tools), `packing` (the browser extension as an archive); no stage imports
another. Above them `harvest.py` is the one place where they meet, `importing.py` takes renderings back from other
tools, `linting.py` reads a draft as a report, `evaluation.py` measures a harvest against hand-made expectations and
`printing.py` puts it into lines; `api/` serves an edition and imports no parser (but for a draft or a file, when one
is sent). On top: `serving.py` (a server around the application), `mcp/` (one for language models), `cli.py` and
`wsgi.py`.

In the parser (`parsing/`) rules are data: lists of named patterns in JSON, each with its reason and its examples, or
functions whose docstrings show what they recognise. `lines.py`, `markers.py`, `quotes.py`, `enumerations.py` cut a
text; `title.py`, `outline.py`, `appendix.py`, `entries.py`, `heads.py`, `marks.py`, `slogans.py`, `inline.py` find
things in it; `kinds.py`, `numerals.py`, `lists.py`, `members.py`, `places.py` say what they are.

Matching comes in two: `spotting.py` finds names by number, with automata that the harvest builds and attaches to the
edition (`names.py`), and knows no term; `finding.py` adds the terms. `api/served.py` has the edition that is served and
takes up another one as it comes; `api/annotating/` goes from a text to its terms and their senses.

In the store, `schema.py`, `rows.py`, `writing.py` make an edition and `opening.py`, `lookup.py` open it. What is more
than a look-up asks it through `Edition.select`: `finding.py` searches `passages.py`, cut into pairs of signs by
`searching.py`; `suggesting.py` knows the ways to type a name, by `sounds.py` too, and `nearest.py` what a wrong one may
have meant; `timelines.py`, `comparing.py`, `relating.py` say what usages and definitions show; `concerns.py` lists what
a careful reader should look at, with what is `contradicting.py`. `ranking.py` chooses between senses by place and day,
for every route that has to.

The site is `api/pages/`: a module for each page, registered in `site.py`; `page.py` is what surrounds all of them,
`languages.py` their words (`web/page/words/`, one list for each page), `files.py` what they load. They page by number
(`store/numbering.py`), the API by cursor.

Its scripts (`web/page/static/`) better pages that work without them: `search.js` suggests, `terms.js` shows tooltips,
`annotate.js` takes files. The tooltip is `web/shared/`: `card.js` says what it shows, `tooltip.js` when it opens,
`surface.js` and `drawing.js` what it looks like, `placing.js` where it goes. `tests/browser/` has it all in Chromium.

The browser extension is `web/extension/`, which `packing.py` joins with what it shares with the site, `web/shared/`.
In it `background/` finds terms: `pack.js` keeps the pack, `server.js` has every request; `content/` reads a page into
`blocks.js`, follows it (`watching.js`), paints what was found (`painting.js`); `options/` and `popup/` are its pages.
Its `matching/` is this program's over again, by the tables and names of a term pack (`exports/termpack.py`):
`folding.js`, `edges.js`, `names.js`, `spotting.js`, and `pack.js`, which adds the terms; tests hold the two together.

Every span, everywhere, is half open and counts code points into the report's text as read; in JavaScript, UTF-16 units.
"""
