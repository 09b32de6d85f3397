"""Sentences of a text beside those of its translation."""

from __future__ import annotations

from glossary_api.translation.align.sentence_pairs import Sentence, paired, sentences_of

CHINESE = """政府工作报告
过去一年，国内生产总值增长6.8%，城镇新增就业1361万人。我们稳妥应对挑战，经济社会发展取得新的成就。
单位国内生产总值能耗下降3.1%；新增高标准农田8000万亩。
各位代表！做好今年工作，任务十分繁重。"""
ENGLISH = """REPORT ON THE WORK OF THE GOVERNMENT
Over the past year, GDP grew by 6.8 percent. A total of 13.61 million urban jobs were created. We met the challenges \
with prudence, and new achievements were made in economic and social development.
Energy consumption per unit of GDP fell by 3.1 percent; 80 million mu of high-standard cropland was added.
Fellow Deputies, the tasks for this year are very arduous."""


def test_a_text_is_cut_into_sentences() -> None:
    """Sentences end with their marks, clauses with semicolons; figures, abbreviations and numbers of items end none."""
    cut = [(one.text, one.paragraph) for one in sentences_of("一是稳中求进；二是改革。\n\n“好！”", "zh")]
    assert cut == [("一是稳中求进；", 1), ("二是改革。", 1), ("“好！”", 2)]
    english = "1. GDP grew by 6.8 percent. Mr. Li said so (No. 12). All rose; we are glad."
    assert [one.text for one in sentences_of(english, "en")] == [
        "1. GDP grew by 6.8 percent.",
        "Mr. Li said so (No. 12).",
        "All rose;",
        "we are glad.",
    ]


def test_sentences_stand_beside_what_they_became() -> None:
    """One sentence may have become two, and two one; what both sides count shows which."""
    pairs = paired(sentences_of(CHINESE, "zh"), sentences_of(ENGLISH, "en"), "en")
    shown = [("".join(s.text for s in one)[:6], " ".join(s.text for s in other)[-12:]) for one, other in pairs]
    assert shown == [
        ("政府工作报告", "E GOVERNMENT"),
        ("过去一年，国", "ere created."),
        ("我们稳妥应对", "development."),
        ("单位国内生产", "3.1 percent;"),
        ("新增高标准农", "d was added."),
        ("各位代表！做", "ery arduous."),
    ]


def test_each_sentence_is_in_one_pair() -> None:
    """Nothing is lost and nothing doubled, also where one side has much more, or nothing."""
    ours, theirs = sentences_of(CHINESE, "zh"), [Sentence(f"Sentence number {n}.", n) for n in range(30)]
    for source, target in ((ours, theirs), (ours, []), ([], theirs), ([], [])):
        pairs = paired(source, target, "en")
        assert [one for some, _ in pairs for one in some] == source
        assert [one for _, some in pairs for one in some] == target
