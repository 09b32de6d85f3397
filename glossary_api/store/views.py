"""Views of an edition for other tools that open its file: names for ranks, columns for JSON, text for bytes."""

from __future__ import annotations

from collections.abc import Mapping

from glossary_api.store.view_columns import COLUMNS

_SEARCHED = {
    "term_search": "SELECT rank, NULL AS names, NULL AS definitions FROM terms",
    "passage_search": "SELECT rank, NULL AS body, NULL AS facets FROM passages",
    "sign_search": "SELECT rank, NULL AS signs FROM passages",
    "suggestion_search": """SELECT rank, NULL AS forms, NULL AS tails, NULL AS sounds, NULL AS sound_tails,
        NULL AS initials, NULL AS initial_tails, NULL AS letters FROM passages""",
}
"""The rows of each search index, without the words, which it alone knows."""

_MEANINGS = ", ".join(
    "('" + "', '".join(text.replace("'", "''") for text in (view, name, *column)) + "')"
    for view, columns in COLUMNS.items()
    for name, column in columns.items()
    if view.startswith("v_")
)

VIEWS: Mapping[str, str] = {
    **{f"{name}_rows": statement for name, statement in _SEARCHED.items()},
    "v_reports": """SELECT id, title, place, place_code, level, year, date, meeting, speaker, sha256,
        chars, body_chars FROM reports""",
    "v_terms": """SELECT id, name, kind, status, defined, pinyin, senses, usages, definers FROM terms""",
    "v_definitions": """SELECT t.id AS term, t.name, d.position, d.sense, d.text,
        json_extract(d.document, '$.head') AS head, r.id AS report,
        json_extract(d.document, '$.source.type') AS source_type,
        coalesce(r.place, json_extract(d.document, '$.source.place')) AS place,
        coalesce(r.year, json_extract(d.document, '$.source.year')) AS year,
        json_extract(d.document, '$.source.entry') AS entry, json_extract(d.document, '$.source.page') AS page,
        json_extract(d.document, '$.source.start') AS start, json_extract(d.document, '$.source.end') AS "end",
        json_extract(d.document, '$.evidence.kind') AS evidence,
        json_extract(d.document, '$.count_check.status') AS count_check,
        json_extract(d.document, '$.count_check.expected') AS count_expected,
        json_extract(d.document, '$.count_check.found') AS count_found,
        json_extract(d.document, '$.members') AS members
        FROM (SELECT term, sense, position, report, text, CAST(document AS TEXT) AS document FROM definitions) d
        JOIN terms t ON t.rank = d.term LEFT JOIN reports r ON r.rank = d.report""",
    "v_members": """SELECT t.id AS term, d.position AS definition, m.key + 1 AS number,
        json_extract(m.value, '$.text') AS text, json_extract(m.value, '$.start') AS start,
        json_extract(m.value, '$.end') AS "end"
        FROM definitions d JOIN terms t ON t.rank = d.term, json_each(CAST(d.document AS TEXT), '$.members') m""",
    "v_usages": """SELECT t.id AS term, t.name, r.id AS report, r.place, r.year, coalesce(u.text, t.name) AS text,
        u.start, u."end", u.match_type, u.quoted, s.heading, u.sense
        FROM usages u JOIN terms t ON t.rank = u.term JOIN reports r ON r.rank = u.report
        JOIN sections s ON s.rank = u.section""",
    # Few terms have renderings: only their documents are parsed, which are not packed (`opening.py`).
    "v_renderings": """WITH rendered AS (SELECT rank, id, name, CAST(document AS TEXT) AS document FROM terms
            WHERE instr(document, CAST('"rendering":' AS BLOB)))
        SELECT t.id AS term, t.name, s.sense, json_extract(e.value, '$.language') AS language,
        json_extract(e.value, '$.rendering') AS rendering, json_extract(e.value, '$.gloss') AS gloss,
        json_extract(e.value, '$.status') AS status, json_extract(e.value, '$.source') AS source,
        json_extract(e.value, '$.note') AS note
        FROM rendered t JOIN (
            SELECT rank AS term, NULL AS sense, json_extract(document, '$.equivalents') AS equivalents FROM rendered
            UNION ALL
            SELECT r.rank, json_extract(s.value, '$.id'), json_extract(s.value, '$.equivalents')
            FROM rendered r, json_each(r.document, '$.senses') s
        ) s ON s.term = t.rank, json_each(s.equivalents) e""",
    "v_columns": f"""SELECT column1 AS "view", column2 AS "column", column3 AS type, column4 AS meaning
        FROM (VALUES {_MEANINGS})""",
}
"""By name; a column named `members` or `document` holds JSON. `view_columns.py` says what each column means; in the
file, `v_columns` does."""
