"""A translation held against renderings and numbers, without any edition."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary_api.text.parentheses import gloss_apart
from glossary_api.translation.check import (
    ERROR,
    MISSING,
    MIXED,
    NUMBER,
    PROPOSED,
    WARNING,
    CheckedSegment,
    TranslationProblem,
    check,
)
from glossary_api.translation.pretranslate import EVERY, FIRST, NONE, pretranslate
from glossary_api.translation.renderings import Rendering, TermUse, binding
from glossary_api.translation.words_of_target import keys_of, occurrences, words_of

SIX = "Six No-Occurrences (zero-incident commitments, five of them new)"
APPROVED = Rendering(SIX, "approved", "s-1")
PROPOSED_ONE = Rendering("Six Zeros", "proposed", "s-1")
WORDS = st.sampled_from(
    ["Six", "No-Occurrences", "five", "(zero-incident)", "“a”", ",", ".", "'s", "plans", "12", "planet"]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=40)


def use(text: str, name: str, *renderings: Rendering, senses: int = 1, nth: int = 0) -> TermUse:
    """The n-th use of a name in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return TermUse(start, start + len(name), f"t{name}", name, "numeral", renderings, senses)


def checked(source: str, target: str, *renderings: Rendering) -> list[TranslationProblem]:
    """The findings of a segment whose source has 六个不发生 with these renderings."""
    return check([CheckedSegment(source, target, (use(source, "六个不发生", *renderings),))], "en")


def kinds(findings: list[TranslationProblem]) -> list[tuple[str, str]]:
    """Kind and severity of each."""
    return [(finding.kind, finding.severity) for finding in findings]


# Renderings


@pytest.mark.parametrize(
    ("rendering", "short"),
    [
        (SIX, "Six No-Occurrences"),
        ("Two New", "Two New"),
        ("A (b (c) d)", "A"),
        ("A (b) c (d)", "A (b) c"),
        ("A (b) c", "A (b) c"),
        ("六不（零事故）", "六不"),
        ("(only this)", "(only this)"),
        ("broken)", "broken)"),
        ("", ""),
    ],
)
def test_the_short_form_ends_where_the_final_parenthesis_begins(rendering: str, short: str) -> None:
    """Parentheses within it, or earlier ones, do not end it; without a final one all of it is short."""
    assert gloss_apart(rendering)[0] == short


def test_settled_renderings_bind_and_others_only_where_there_are_none() -> None:
    """A proposed rendering binds only in a sense that has no approved or official one."""
    other = Rendering("Other", "proposed", "s-2")
    assert binding((APPROVED, PROPOSED_ONE, other)) == (APPROVED, other)


@pytest.mark.parametrize(
    "target",
    [
        "Hold to the Six No-Occurrences.",
        "hold to the SIX NO OCCURRENCES",
        "the “Six No‑Occurrence” commitments",
        "the Six 'No-Occurrences'",
        "the Six No-Occurrences' success",
        "the Six  No\nOccurrences",
        f"the {SIX}.",
    ],
)
def test_a_rendering_is_found_in_its_variations(target: str) -> None:
    """Capitals, hyphens, quotation marks, white space, plural endings and the gloss make no difference."""
    assert checked("坚守六个不发生底线", target, APPROVED) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Research & Development", "research and development", True),
        ("Two Policies", "two policy", True),
        ("churches", "Church", True),
        ("Suzhou’s plans", "Suzhou plan", True),
        ("caf\u00e9", "cafe\u0301", True),
        ("trade-ins, new", "“trade ins” new", True),
        ("trade-ins", "trade-in", True),
        ("六个不发生", "六个 不发生", True),
        ("news", "new", False),
        ("glass", "glas", False),
        ("1+22+3", "1 22 3", False),
        ("one: two", "one two", False),
        ("nonpublic", "non-public", False),
    ],
)
def test_which_words_are_the_same(one: str, other: str, same: bool) -> None:
    """The variations that the rule names are one word; nothing else is."""
    assert (keys_of(one) == keys_of(other)) == same


@pytest.mark.parametrize(
    "target",
    [
        "Six No Occurrencefree months",
        "Six. No. Occurrences",
        "Six Non-Occurrences",
        "Sixth No-Occurrences",
        "Six No-Occurrences2",
        "Noes",
    ],
)
def test_what_is_only_similar_is_missing(target: str) -> None:
    """Other words, other signs between them and longer words are not the rendering, however like it they are."""
    (finding,) = checked("坚守六个不发生底线", target, APPROVED)
    assert (finding.kind, finding.severity, finding.expected) == (MISSING, ERROR, (SIX,))
    assert finding.source[0].start == 2


@pytest.mark.parametrize(
    ("rendering", "target"),
    [
        (Rendering("going global", "official", None), "Enterprises that have gone global obey the law."),
        (Rendering("belt-tightening", "official", None), "The government will tighten its belt."),
        (Rendering("Three Public Expenses", "official", None, also=("official spending",)), "cut official spending"),
        (
            Rendering("Four Forms", "official", None, "formalism, bureaucratism, hedonism, extravagance"),
            "We opposed formalism, bureaucracy, hedonism and extravagance.",
        ),
        (Rendering("Four Forms (formalism and hedonism)", "official", None), "We opposed formalism and hedonism."),
        (Rendering("Double Five Festival", "official", None, elsewhere=True), "the fifth plan"),
    ],
)
def test_what_says_the_same_is_not_missing(rendering: Rendering, target: str) -> None:
    """Other forms of its words, a further wording or its gloss spelled out; nor what is meant elsewhere only."""
    assert MISSING not in {finding.kind for finding in checked("甲六个不发生", target, rendering)}


def test_words_of_two_sentences_are_no_rendering() -> None:
    """The words of a rendering have to stand together."""
    assert kinds(checked("六个不发生", "It is going. A global plan.", Rendering("going global", "official", None))) == [
        (MISSING, ERROR)
    ]


def test_two_official_wordings_are_no_fault() -> None:
    """Officials may change their wording within a text; approved renderings may not."""
    for status, expected in (("official", []), ("approved", [(MIXED, ERROR)])):
        both = (Rendering("Six Noes", status, "s-1"), Rendering("Six Zeros", status, "s-1"))
        segments = [
            CheckedSegment("六个不发生", target, (use("六个不发生", "六个不发生", *both),))
            for target in ("Six Noes", "Six Zeros")
        ]
        assert kinds(check(segments, "en")) == expected


def test_similar_words_are_shown() -> None:
    """Of a missing rendering, the words that resemble it are pointed at, whole words of the target."""
    target = "We hold to the Five No-Occurrences today."
    missing = next(f for f in checked("坚守六个不发生底线", target, APPROVED) if f.kind == MISSING)
    (place,) = missing.target
    assert target[place.start : place.end] == "Five No-Occurrences"


def test_a_proposed_rendering_is_only_advice() -> None:
    """Where nothing is settled, a missing rendering is a warning."""
    assert kinds(checked("六个不发生", "nothing", PROPOSED_ONE)) == [(MISSING, WARNING)]


def test_a_proposed_rendering_does_not_replace_a_settled_one() -> None:
    """A proposed rendering where another is approved is found where it stands."""
    (finding,) = checked("六个不发生", "The Six Zeros hold.", APPROVED, PROPOSED_ONE)
    assert (finding.kind, finding.severity) == (PROPOSED, ERROR)
    assert [(place.start, place.end) for place in finding.target] == [(4, 13)]


def test_a_term_without_rendering_is_no_finding() -> None:
    """What nobody has rendered cannot be missing."""
    assert checked("六个不发生", "whatever") == []


def test_a_term_is_missing_once_with_all_its_places() -> None:
    """A term that a segment uses twice and never renders is one finding that names both places."""
    source = "六个不发生和六个不发生"
    uses = tuple(use(source, "六个不发生", APPROVED, nth=nth) for nth in (0, 1))
    (finding,) = check([CheckedSegment(source, "nothing", uses)], "en")
    assert [place.start for place in finding.source] == [0, 6]


def test_a_longer_rendering_does_not_stand_for_a_shorter_one() -> None:
    """“Two New” within the rendering of another term is not the rendering of 两新."""
    source = "两新组织和两新"
    uses = (
        use(source, "两新组织", Rendering("Two New Organizations", "official", None)),
        use(source, "两新", Rendering("Two New", "official", None), nth=1),
    )
    (finding,) = check([CheckedSegment(source, "Two New organizations and others", uses)], "en")
    assert finding.use is not None
    assert finding.use.name == "两新"


def test_several_renderings_of_one_sense_are_mixed() -> None:
    """A sense that a text renders in two ways is found once, with both sides of every segment; its gloss is no way."""
    source, settled = "六个不发生", (APPROVED, Rendering("Six Zeros", "official", "s-1"))
    targets = ["The Six Zeros.", "Six No-Occurrences", SIX]
    segments = [CheckedSegment(source, target, (use(source, source, *settled),)) for target in targets]
    (finding,) = check(segments, "en")
    assert (finding.kind, finding.severity) == (MIXED, ERROR)
    assert [place.segment for place in finding.source] == [0, 1, 2]
    spans = [targets[place.segment][place.start : place.end] for place in finding.target]
    assert spans == ["Six Zeros", "Six No-Occurrences", SIX]
    assert check(segments[1:], "en") == []


def test_renderings_of_two_senses_are_not_mixed() -> None:
    """Where nothing decides between senses, each may be rendered in its own way."""
    renderings = (Rendering("One", "official", "s-1"), Rendering("Other", "official", "s-2"))
    segments = [CheckedSegment("甲", target, (use("甲", "甲", *renderings, senses=2),)) for target in ("One", "Other")]
    assert check(segments, "en") == []


# Numbers


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("完成六个目标", "complete five goals", ERROR),
        ("完成六个目标", "complete 5 goals", ERROR),
        ("完成六个目标和3项任务", "complete five goals and four tasks", WARNING),
        ("完成六个目标", "complete five or seven goals", WARNING),
    ],
)
def test_another_number_is_found(source: str, target: str, severity: str) -> None:
    """One number for another is an error; where several differ, nobody knows which is which."""
    findings = check([CheckedSegment(source, target, ())], "en")
    assert {(finding.kind, finding.severity) for finding in findings} == {(NUMBER, severity)}
    for finding in findings:
        assert {source[there.start : there.end] for there in finding.source} <= {"六", "3"}
        assert finding.target


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("完成六个目标", "complete six goals"),
        ("完成六个目标", "complete 6 goals"),
        ("完成六个目标", "complete the sixth goal"),
        ("完成六个目标", "complete the goals"),
        ("抓两个方面", "both sides"),
        ("投入5万元", "invest 50,000 yuan"),
        ("一个目标", "two sides of a goal"),
        ("完成22个", "twenty-two"),
        ("2024年的目标", "five goals"),
    ],
)
def test_the_same_number_is_no_finding(source: str, target: str) -> None:
    """However a number is written, or if it is not said at all, nothing is found."""
    assert check([CheckedSegment(source, target, ())], "en") == []


def test_what_a_rendering_counts_is_not_held_against_the_source() -> None:
    """The five in the gloss of an approved rendering is not the six of its name."""
    assert checked("坚守六个不发生底线", f"Hold to the {SIX}.", APPROVED) == []
    assert checked("坚守六个不发生底线", "Hold to the Six No-Occurrences in five fields.", APPROVED) == []


def test_the_number_of_a_term_is_found_in_words_that_are_not_its_rendering() -> None:
    """Six in the source and five in the target are an error about the term, beside the rendering that is missing."""
    findings = checked("坚守六个不发生底线", "Hold to the five noes.", APPROVED)
    assert kinds(findings) == [(MISSING, ERROR), (NUMBER, ERROR)]
    assert {finding.use and finding.use.name for finding in findings} == {"六个不发生"}


# Whatever is sent


@given(TEXTS)
def test_words_slice_back(text: str) -> None:
    """Words are spans of the text in its order, none overlapping, and the same keys as without the places."""
    words = words_of(text)
    assert [word.key for word in words] == list(keys_of(text))
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@given(st.lists(TEXTS, max_size=4), TEXTS, TEXTS)
def test_a_phrase_is_found_between_others(phrases: list[str], before: str, behind: str) -> None:
    """Each place found has exactly a phrase's words, and a phrase that stands alone in a text is found."""
    keys = [keys_of(phrase) for phrase in phrases]
    text = f"{before} {' '.join(phrases)} {behind}"
    for found in occurrences(words_of(text), keys):
        assert found.keys in keys
        assert keys_of(text[found.start : found.end]) == found.keys
    for phrase, own in zip(phrases, keys, strict=True):
        assert [found.keys for found in occurrences(words_of(phrase), [own])] == ([own] if own else [])


@given(TEXTS.filter(lambda text: keys_of(gloss_apart(text)[0])), TEXTS, TEXTS)
def test_what_was_rendered_is_never_missing(rendering: str, before: str, behind: str) -> None:
    """A target with the rendering between full stops has it, in capitals as well."""
    for words in (rendering, gloss_apart(rendering)[0]):
        segment = CheckedSegment(
            "甲", f"{before} . {words} . {behind}", (use("甲", "甲", Rendering(rendering, "official", None)),)
        )
        assert MISSING not in {finding.kind for finding in check([segment], "en")}


@given(st.text("六三两二十百个项第年 5万,.“”重\n", max_size=30), TEXTS, st.sampled_from(["en", "fr", "ja"]))
def test_every_finding_slices_back(source: str, target: str, language: str) -> None:
    """Whatever the texts are, every span lies within its side."""
    uses = (use(source, "六", PROPOSED_ONE),) if "六" in source else ()
    for finding in check([CheckedSegment(source, target, uses)], language):
        assert all(0 <= place.start < place.end <= len(source) for place in finding.source)
        assert all(0 <= place.start < place.end <= len(target) for place in finding.target)
        assert finding.source


# Locked renderings


TEXT = "六个不发生，又六个不发生；135"


def uses_of_text(*renderings: Rendering) -> tuple[TermUse, ...]:
    """The uses of TEXT: a term with its renderings twice, a homograph once."""
    homograph = (Rendering("135 A (x)", "official", "h-1"), Rendering("135 B", "proposed", "h-2"))
    twice = [use(TEXT, "六个不发生", *renderings, nth=nth) for nth in (0, 1)]
    return (*twice, use(TEXT, "135", *homograph, senses=2))


@pytest.mark.parametrize(
    ("gloss", "words", "entry"),
    [
        (FIRST, [SIX, "Six No-Occurrences"], "Six No-Occurrences"),
        (EVERY, [SIX, SIX], SIX),
        (NONE, ["Six No-Occurrences"] * 2, "Six No-Occurrences"),
    ],
)
def test_the_gloss_stands_where_it_is_wanted(gloss: str, words: list[str], entry: str) -> None:
    """The first use, every use or none has the whole rendering, and the machine's glossary one of the two."""
    made = pretranslate(TEXT, uses_of_text(PROPOSED_ONE, APPROVED), "en", gloss)
    assert [one.text for one in made.locked] == [*words, None]
    assert [one.first for one in made.locked] == [True, False, True]
    assert made.glossary == {"六个不发生": entry}


def test_homographs_and_terms_without_rendering_are_listed() -> None:
    """What nothing decides is left out of the glossary and listed; so is what has no rendering."""
    made = pretranslate(TEXT, uses_of_text(), "en")
    assert [one.name for one in made.ambiguous] == ["135"]
    assert [one.name for one in made.unrendered] == ["六个不发生"]
    assert made.glossary == {}


def test_senses_that_are_rendered_alike_need_no_decision() -> None:
    """All senses rendered in the same words have these words; one without a rendering leaves it open."""
    alike = (Rendering("135", "official", "h-1"), Rendering("135", "proposed", "h-2"))
    text = "135"
    assert pretranslate(text, [use(text, text, *alike, senses=2)], "en").glossary == {"135": "135"}
    assert pretranslate(text, [use(text, text, *alike, senses=3)], "en").glossary == {}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "English (en)"), ("pt-BR", "Portuguese (pt-BR)"), ("mn", "the language mn")]
)
def test_the_prompt_names_the_language(language: str, said: str) -> None:
    """The prompt has the name of the language, with its code, where that is known."""
    assert pretranslate(TEXT, (), language).prompt.startswith(f"Translate the text into {said}. ")


def test_the_prompt_is_plain_and_always_the_same() -> None:
    """The prompt has a line for each term, first and later form, homographs and what is not rendered."""
    prompt = pretranslate(TEXT, (*uses_of_text(APPROVED),), "en").prompt
    assert prompt == pretranslate(TEXT, uses_of_text(APPROVED), "en").prompt
    assert f"\n六个不发生 = {SIX} | Six No-Occurrences\n" in prompt
    assert prompt.endswith("135 = 135 A (x) or 135 B")
    assert "has a rendering" in pretranslate("", [], "en").prompt


@given(st.text(min_size=1), st.text())
def test_a_name_breaks_no_line_of_the_prompt(name: str, rendering: str) -> None:
    """Whatever a text or a rendering has in it, each term is one line of the prompt and one pair of the glossary."""
    locked = TermUse(0, len(name), "t", name, "quoted", (Rendering(rendering, "official", None),))
    made = pretranslate(name, [locked], "en")
    assert len(made.prompt.splitlines()) == len(
        pretranslate("甲", [use("甲", "甲", APPROVED)], "en").prompt.splitlines()
    )
    assert all(text.splitlines() in ([text], []) for pair in made.glossary.items() for text in pair)
