"""A collection of Anki: its tables, its one type of notes and its one deck besides the default one."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from glossary_api.exports.header import Header
from glossary_api.exports.packs.articles import about, title

DECK = 1_700_000_000_001
MODEL = 1_700_000_000_002
"""Ids of the deck and of the type of notes, the same for ever, so that Anki knows them again."""
FIELDS = ("名称", "义项", "拼音", "释义", "译名", "译注", "其他写法", "出处")
_MADE = 1_700_000_000
"""When the type of notes was made, in seconds: a change of it has to come with a later moment."""

NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')"
"""Takes id, guid, type, moment of the last change, tags, fields, the field to sort by, its checksum."""
CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"
"""Takes id, note, deck, number of the template, moment of the last change, place in the queue of new cards."""
_SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
    ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
    models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
    usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
    flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
    mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
    ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
    left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
    ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
    type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
_CSS = """.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; margin: 1em auto; }
.name { font-size: 32px; text-align: center; }
.aside { text-align: center; opacity: .7; }
"""
_NAME = """<div class="name" lang="zh-Hans">{{名称}}</div>
{{#义项}}<div class="aside">〔{{义项}}〕</div>{{/义项}}"""
_ANSWER = """{{#拼音}}<div class="aside" lang="zh-Latn-pinyin">{{拼音}}</div>{{/拼音}}
<hr id="answer"><div lang="zh-Hans">{{释义}}</div>{{译名}}{{#译注}}<small>{{译注}}</small>{{/译注}}
{{#其他写法}}<p><small>其他写法：{{其他写法}}</small></p>{{/其他写法}}<p><small>{{出处}}</small></p>"""
_TEMPLATES = (
    ("名称 → 释义", _NAME, f"{{{{FrontSide}}}}\n{_ANSWER}"),
    ("译名 → 名称", "{{#译名}}{{译名}}{{/译名}}", f"{_NAME}\n{_ANSWER}"),
)
"""Name, question and answer of each card."""


def begin(database: sqlite3.Connection, header: Header) -> None:
    """Make the tables and describe what will be in them."""
    database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
    described: list[dict[str, Any]] = [
        {"nextPos": 1, "curDeck": DECK, "activeDecks": [DECK], "curModel": str(MODEL), "schedVer": 2},
        {str(MODEL): _model()},
        {"1": _deck(1, "Default", ""), str(DECK): _deck(DECK, title(header), about(header))},
        {"1": _OPTIONS},
        {},
    ]
    values = [json.dumps(one, ensure_ascii=False) for one in described]
    milliseconds = _MADE * 1000
    database.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)", (_MADE, milliseconds, milliseconds, *values)
    )


def _model() -> dict[str, Any]:
    return {
        "id": MODEL,
        "name": "政府工作报告术语",
        "type": 0,
        "mod": _MADE,
        "usn": -1,
        "sortf": 0,
        "did": DECK,
        "tmpls": [_template(number, *one) for number, one in enumerate(_TEMPLATES)],
        "flds": [
            {"name": name, "ord": number, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
            for number, name in enumerate(FIELDS)
        ],
        "css": _CSS,
        "latexPre": "",
        "latexPost": "",
        "latexsvg": False,
        "req": [[0, "any", [0]], [1, "any", [4]]],
        "tags": [],
        "vers": [],
    }


def _template(number: int, name: str, question: str, answer: str) -> dict[str, Any]:
    return {
        "name": name,
        "ord": number,
        "qfmt": question,
        "afmt": answer,
        "bqfmt": "",
        "bafmt": "",
        "did": None,
        "bfont": "",
        "bsize": 0,
    }


def _deck(id_: int, name: str, description: str) -> dict[str, Any]:
    today = {f"{what}Today": [0, 0] for what in ("lrn", "new", "rev", "time")}
    return today | {
        "id": id_,
        "name": name,
        "desc": description,
        "mod": _MADE,
        "usn": -1,
        "conf": 1,
        "dyn": 0,
        "collapsed": False,
        "browserCollapsed": False,
        "extendNew": 0,
        "extendRev": 0,
    }


_OPTIONS: dict[str, Any] = {
    "id": 1,
    "name": "Default",
    "mod": 0,
    "usn": 0,
    "maxTaken": 60,
    "autoplay": True,
    "timer": 0,
    "replayq": True,
    "dyn": False,
    "new": {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "hardFactor": 1.2, "ivlFct": 1, "maxIvl": 36500, "perDay": 200},
    "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
}
"""The options of the default deck, as Anki itself has them."""
