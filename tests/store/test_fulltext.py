from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.store import fulltext
from glossary_api.store.schema import SEARCH_INDEXES

TEXT = st.text(alphabet="一二两十百六个不发生数据+1239.，“” AbéÀ𠀀", max_size=30)


def finds(text: str, question: str) -> bool:
    """Whether the real index of SQLite finds a text by a question."""
    connection = sqlite3.connect(":memory:")
    connection.execute(SEARCH_INDEXES["term_search"])
    connection.execute("INSERT INTO term_search(rowid, names, definitions) VALUES (1, '', ?)", (fulltext.pairs(text),))
    expression = fulltext.question(question)
    found = expression is not None and connection.execute(
        "SELECT rowid FROM term_search WHERE term_search MATCH ?", (expression,)
    ).fetchall() == [(1,)]
    connection.close()
    return found


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        ("六个不发生", "六", True),  # one character is a prefix of a pair
        ("六个不发生", "生", True),  # the last one too
        ("六个不发生", "个不", True),
        ("六个不发生", "6个不", True),  # folded alike
        ("六个不发生", "六個不發生", True),
        ("“十四五”规划", "十四", True),  # 十四 alone folds to 14, 十四五 does not
        ("“135”工作体系", "135工作", True),  # quotation marks do not part a name
        ("建强1+22+3体系", "22+3", True),
        ("建强1+22+3体系", "2+3", True),  # contained is contained; boundaries are the matcher's business
        ("建强1+22+3体系", "+22", True),
        ("数据，得地", "据得", False),  # nothing is found across punctuation
        ("产业数据与创新得地", "得地 数据", True),  # words in any order
        ("产业数据与创新得地", "得地 六个", False),
        ("甲乙丙", "甲丙", False),
        ("𠀀𪚥字", "𪚥字", True),  # characters beyond the first plane
        ("𫠠字", "𫠠", True),  # younger than the Unicode of SQLite's own tokenizer
        ("数据", "“”", False),  # nothing to search for
        ("数据", '" OR "', False),  # no way into the query language
        ("数据", "NOT", False),
    ],
)
def test_question(text: str, question: str, found: bool) -> None:
    """A text is found exactly by what stands in it between two punctuation marks."""
    assert finds(text, question) is found


@given(TEXT, st.data())
def test_nothing_is_missed(text: str, data: st.DataObject) -> None:
    """Whatever letters and digits stand together in a text find it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = text[start:end]
    if piece.isalnum():
        assert finds(text, piece)


@given(st.text(max_size=20))
def test_any_question_is_safe(question: str) -> None:
    """No question, whatever its characters, is an error of the query language."""
    finds("数据得地", question)


@given(st.lists(st.text(alphabet="一二两十百六个不发生、，“”12+ ABé\u3000", max_size=12), max_size=5))
def test_pieces_of_a_text_have_the_pairs_that_they_have_by_themselves(pieces: list[str]) -> None:
    """The pairs of a paragraph are the same whether it is folded alone or with all of its report."""
    lines = [piece.strip(" \u3000、") for piece in pieces]
    within, at = fulltext.pairs_within("\n".join(lines)), 0
    for line in lines:
        assert within(at, at + len(line)) == fulltext.pairs(line)
        at += len(line) + 1


@given(st.text("六个不发abk12+ ，é", max_size=12), st.text("六个不发abk12+ é", max_size=3))
def test_single_signs_find_what_pairs_find(text: str, question: str) -> None:
    """An index of single characters finds a question of single characters where one of pairs does."""
    if asked := fulltext.sign_question(question):
        connection = sqlite3.connect(":memory:")
        connection.execute(SEARCH_INDEXES["sign_search"])
        words = f"{fulltext.signs(fulltext.pairs(text))} kquoted k1"
        connection.execute("INSERT INTO sign_search(rowid, signs) VALUES (1, ?)", (words,))
        statement = "SELECT rowid FROM sign_search WHERE sign_search MATCH ?"
        assert bool(connection.execute(statement, (asked,)).fetchall()) == finds(text, question)


@pytest.mark.parametrize(
    ("question", "is_single"), [("六", True), ("六 个", True), ("六个", False), ("六 发生", False)]
)
def test_a_word_of_two_characters_is_no_question_of_single_ones(question: str, is_single: bool) -> None:
    """An index of single characters is asked only if no word has two, for it does not know what stands together."""
    assert (fulltext.sign_question(question) is not None) == is_single


@pytest.mark.parametrize(
    ("question", "signs"), [("储运，运", ()), ("储运，仓", ("仓",)), ("储运，运，仓", ("仓",)), ("运 储运 仓", ("仓",))]
)
def test_a_character_of_a_longer_word_is_not_looked_for(question: str, signs: tuple[str, ...]) -> None:
    """Of single characters beside longer words those are looked for that none of these has."""
    assert [way.signs for way in fulltext.ways(question)] == [signs]
