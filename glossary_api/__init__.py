"""The map of the house.

A pile of government work reports becomes a glossary that is served, in six verbs:

    read  → parse → merge → match → keep → serve

====== ============================================================ ============================================
verb   from → to                                                    where
====== ============================================================ ============================================
read   a file → `Document`: text as printed                         `reading/`, by content: `read.py`
parse  `Document` → `ParsedReport`: title block, entries, slogans   `parsing/`, in the order of `parse.py`
merge  entries and slogans → `Term` with variants and senses        `harvesting/merge.py`; `agreement.py`, `evidence.py`
match  terms and any text → `Match`, in a report's body a `Usage`   `matching/`, its sense `harvesting/senses.py`
keep   all of it → an edition: one immutable SQLite file            `store/`: `writing.py`, `edition.py`
serve  an edition → REST API, exports, pages                        `api/`, `exports/`, `site/`, `web/` (no Python)
====== ============================================================ ============================================

The rooms, from the ground up. No room looks into one above it, and tests hold that:

- `model/`: `things.py` (what is spoken of), `words.py` (every list of kinds, levels, statuses and types), `messages.py`
  (a message is a code and values, put into words by `messages.json` where it is shown); `sending.py` (to other
  processes); `errors.py`; `settings.py` (the only reader of the environment).
- `text/`: Chinese text itself. `folding.py` (one form of a name, with the map back to the source), `pinyin.py`,
  `sounds.py`, `places.py` (codes, distances, places as callers write them, by one rule for all), `printed_places.py`
  (places as reports print them), `surroundings.py` and `bearing.py` (whether an explanation says what a use means),
  `freedom.py` (how freely names are coined), `standing.py` (who agrees on a name, and how long that holds),
  `traits.py` (all that matters of an explanation where no text is around a use, in a few bits), `damage.py` (whether
  characters came through), `everyday.py` (words of everyday Chinese), `captions.py` (English and Chinese).
- Five stages that do not know each other: `reading/`, `parsing/`, `matching/`, `store/`, `exports/`.
- `curation/`: what people decide (`decisions.py`), the log that keeps it (`decision_log.py`), who may (`tokens.py`, in
  a browser `sessions.py`), and what follows (`rebuild.py`): at once `harvesting/amending.py` for the terms concerned,
  put into the edition by `store/amendment.py`, then a harvest, in which `harvesting/decided.py` lays decisions to
  reports, names and terms. `queries/review.py` asks what waits; `site/review.py` and `cli/editing.py` pass answers on.
- `queries/`: one file for each question that an edition can be asked, `rank.py` and `standpoint.py` (what is near to
  the asker) for all that ask for meanings, `at_hand.py` (terms kept for many askers) for look-ups; `harvesting/`: where
  the stages meet to make an edition. Neither knows the other, nor any web library.
  A harvest gathers first (`gather.py`): `pile.py` (which files), `manifest.py` (what a person says of them),
  `together.py` (which are one report), `sameness.py` (which have one twice); `accounts.py` says what became of each.
  `backup.py` has all of it in one archive.
  What is done for each file by itself is `taking.py`; `intake.py` has it from `cache.py` or done by `workers.py`.
  What the stages make of each report is noted (`noting.py`), so that `adding.py` can add reports without a harvest: the
  stages recall what was noted (`recalling.py`), usages are judged anew where another sense may come of it
  (`rejudging.py`), and `store/addition.py` puts what is otherwise into the edition.
- `translation/`: renderings: read, taken over, held against translations, handed to translation tools. `numbers/`: what
  a text states, by language, and whether a translation contradicts it.
- `api/`: `http/` (what every answer goes through), `routes/`, `schemas/`, `annotate/`, `reconcile/`. `mcp/`: tools for
  language models; `fitting.py` makes their answers short enough. `site/`: pages, and `app.py`, the whole application.
  A request goes through `http/middleware.py`: it keeps answers (`queries/served.py`), and asks Flask for all others but
  plain look-ups and texts to annotate, which the modules of their routes answer directly.
- `deploy/`: files for those who run a server (containers, nginx, systemd). `serving/`: the gunicorn worker that slow
  clients cannot hold, `patient_worker.py`, and its log; `server.py`, `cli/`, and `wsgi.py` beside the package.

One question, one stem: `queries/search.py`, `api/routes/search.py`, `site/search.py`, `tests/queries/test_search.py`.

A reader is found by content (`reading/read.py`; what is no reader's is named in `foreign.py`), counts what it leaves
out (`tally.py`), and stands for one kind: `docx.py` with `word/`, to which `office.py` brings .doc, .rtf and .odt by
way of LibreOffice; `html.py` with `web/`; `pdf.py` and `ofd.py` with `pages/`; `wikitext.py`; `datasets.py`, over
`workbooks.py`, `column_names.py` and `texts_in_pieces.py`; `typed.py` takes signs of mail programs and editors out of
plain text, `page_feet.py` notes out of its pages.
`archives.py` and `web_archive.py` open what holds several files.

In the parser rules are data: lists of named patterns in JSON, each with its reason and its examples, or functions
whose docstrings show what they recognise. `lines.py`, `markers.py`, `quotes.py`, `enumerations.py` cut a text;
`title.py` (with `speaker.py`, `genre.py`, and `labels.py` for what names and records say where the text is silent),
`outline.py`, `compilations.py`, `appendix.py`, `sheet.py`, `entries.py` (with `loose_notes.py`, `out_of_order.py`),
`heads.py` (with `what_is_said.py`), `explaining.py`, `marks.py`, `slogans.py`, `inline.py` (by `apposition.py`,
`side_by_side.py`, `clauses.py`, `spelled_out.py`, `spread_out.py`, `in_parts.py`, `in_brackets.py`, `list_edges.py`
and their kin; `likely_edges.py` knows from many reports where lists begin, for `weighed_lists.py`; `weighed_clauses.py`
weighs what stands apart, `announced.py` has what is announced and spelled out in units that `units_below.py` cuts;
`whole_clauses.py` and `doubtful_lists.py` have a last look) find things in it; `kinds.py`,
`numerals.py`, `lists.py`, `told_lists.py`, `borders.py`, `tails.py`, `shared_ends.py`, `own_labels.py`, `by_noun.py`,
`of_one_numeral.py`, `parting.py`, `members.py`, `asides.py`, `miscounts.py` say what they are; `second_look.py` doubts
what cannot be right, `overlooked.py` what begins as notes do and was not read.

Matching comes in two: `spotting.py` finds names by number, with automata that the harvest builds and attaches to the
edition (`names.py`, which also knows the edges of a name), and no term; `matcher.py` adds the terms. Where a name
counts that no quotation marks enclose the harvest decides by what the reports do with it (`harvesting/unquoted.py`).
`queries/served.py` has the edition that is served and takes up another one as it comes; `queries/annotate/` goes from a
text to its terms and their senses.

`/manual` shows the Markdown files of `web/manual/`, and nothing else says what every command, setting, page, route and
format is: tests hold them to the program.

In the store, `schema.py`, `views.py`, `rows.py`, `writing.py` make an edition (`saving.py`: whole or not at all), and
`opening.py`, `edition.py` open and read it, unpacked. What is more than a look-up asks it through
`Edition.select`, from `queries/`. The indexes are `passages.py` and `suggestions.py`, cut into pairs of signs by
`fulltext.py` and made in parts by whoever has time (`index_parts.py`). Ranks have room between them (`spaced_ranks.py`,
`block_numbers.py`) and no part in the hash, so that a copy can be changed row by row (`copying.py`). No answer grows
with the reports: `foremost.py` chooses what a term's document shows, `sketches.py` notes what it takes to choose and to
judge among all of its definitions, `beside.py` and `chronicle.py` count beforehand what much used terms have beside
them, and when they are used.

The site's scripts (`web/page/static/`) better pages that work without. The tooltip is `web/shared/`: `card.js` says
what it shows, `tooltip.js` when it opens, `surface.js` and `drawing.js` what it looks like, `placing.js` where it goes.
`tests/browser/` has it all in Chromium.

`/embed.js`, with which other sites mark terms, is the extension's own files joined by `exports/embed.py`; `web/embed/`
stands in for what only an extension has.

The browser extension is `web/extension/`, which `exports/extension.py` joins with what it shares with the site,
`web/shared/`. In it `background/` finds terms: `pack.js` keeps the pack, `server.js` has every request; `content/`
reads a page into `blocks.js`, follows it (`watching.js`), paints what was found (`painting.js`); `options/` and
`popup/` are its pages. Its `matching/` is this one over again, by the tables
and names of a term pack (`exports/termpack.py`): tests hold the two together.

Every span, everywhere, is half open and counts code points into the report's text as read; in JavaScript, UTF-16 units.
"""
