from __future__ import annotations

from itertools import permutations

import pytest

from glossary_api.harvesting.harvest import build
from glossary_api.harvesting.merge import NameDecisions, merge
from glossary_api.model.things import Document, Harvest, ParsedReport, Term
from glossary_api.parsing.kinds import kind_of
from glossary_api.parsing.parse import parse
from glossary_api.text.folding import fold_name
from tests.harvesting.reports import HEAD, report


def terms_of(*reports: ParsedReport) -> dict[str, Term]:
    """The terms of the reports by each of their keys."""
    terms, _ = merge(reports, kind_of)
    return {key: found for found in terms for key in found.keys}


@pytest.mark.parametrize("form", ["清“三欠”", "“清三欠”", "清三欠", "清「三欠」", "清 “三欠”"])
def test_one_term(form: str) -> None:
    """However an appendix writes it, a name and its quoted core are one term with the uses of both."""
    terms = terms_of(
        report("a-2024", "开展清“三欠”行动。", ["清“三欠”：清欠账、清欠款、清欠薪"]),
        report("b-2025", "开展“三欠”治理。", [f"{form}：清欠账、清欠款、清欠薪"]),
    )
    found = terms[fold_name("清三欠")]
    assert found is terms[fold_name("三欠")]
    assert len(found.senses) == 1
    assert len(found.senses[0].definitions) == 2


def test_a_mere_count_joins_nothing() -> None:
    """What is named by a quoted number and what stands behind it, “十大”工程 and “十大”体系, is two things."""
    terms = terms_of(
        report("a-2024", "实施“十大”修路工程。", ["“十大”工程：甲路、乙路"]),
        report("b-2025", "建设“十大”治水体系。", ["“十大”体系：丙河、丁河"]),
    )
    assert terms[fold_name("十大工程")] is not terms[fold_name("十大体系")]


@pytest.mark.parametrize(
    ("one", "other", "terms"),
    [
        ("“三边”：山边、水边、路边", "“三边”治理：山边、水边、路边", 1),  # the second head quotes the first
        ("三边：山边、水边、路边", "三边治理：山边、水边、路边", 2),  # without quotation marks it does not
        ("2+3：甲、乙，丙、丁、戊", "1+2+3：己，甲、乙，丙、丁、戊", 2),
        ("135：甲", "十三五：2016年至2020年", 2),
        ("三大工程：甲、乙、丙", "四大工程：甲、乙、丙、丁", 2),
        ("链主：龙头企业", "链长：牵头领导", 2),
    ],
)
def test_one_or_two(one: str, other: str, terms: int) -> None:
    """Names that fold to different keys are different terms, unless a head quotes one inside the other."""
    assert len(merge([report("a-2024", "工作。", [one, other])], kind_of)[0]) == terms


def test_homographs_make_two_senses() -> None:
    """One name with two meanings is one term with two senses, each with its own source, and a doubt for an editor."""
    reports = [
        report("a-2025", "推进“135”体系。", ["“135”工作体系：1个中心、3个平台、5项机制"], "义乌市"),
        report("b-2025", "推进“135”体系。", ["“135”工作法：擦亮1个品牌、守住3条底线、提升5项能力"], "滁州市"),
    ]
    terms, doubts = merge(reports, kind_of)
    [found] = [term for term in terms if "135" in term.keys]
    assert [sense.id for sense in found.senses] == [f"{found.id}-1", f"{found.id}-2"]
    assert [sense.definitions[0].source.report for sense in found.senses] == ["a-2025", "b-2025"]
    assert [(doubt.kind, doubt.terms) for doubt in doubts] == [("several-senses", (found.id,))]
    assert doubts[0].message.values["reports"] == "a-2025, b-2025"


@pytest.mark.parametrize(
    ("one", "other", "senses"),
    [
        ("减环节、减材料、减时限", "减环节、减材料、减时限", 1),  # the same text
        ("减环节、减材料、减时限", "指减 环节、减材料、减時限", 1),  # spelled otherwise
        ("减环节、减材料、减时限", "减时限、减环节、减材料", 1),  # the same members in another order
        ("全面推行减环节、减材料、减时限", "减环节、减材料、减时限", 1),  # the same members, more words
        ("国内和国际、城市和乡村、线上和线下", "城市乡村、线上线下、国际国内", 1),  # other joining words
        ("生产安全事故起数、死亡人数、损失金额", "安全生产事故起数、死亡人数和损失金额", 1),  # words changed about
        ("集装箱运输不换箱、不开箱、一箱到底的模式", "多式联运不换箱、不开箱、一箱到底", 1),  # runs in common
        (
            "“千村示范、万村整治”行动",
            "“千村示范、万村整治”行动的简称，二十年前始于东部，后来各地学习",
            1,
        ),  # the beginning
        ("省、市、县", "市、县、乡", 2),  # much in common, but one level lower
        ("减环节、减材料、减时限", "减负担、减压力、减检查", 2),  # other members
        ("行政审批制度改革的三项举措", "农业面源污染治理的目标任务", 2),  # other texts
    ],
)
def test_senses(one: str, other: str, senses: int) -> None:
    """Definitions that say the same make one sense, others make several; none is lost."""
    found = terms_of(
        report("a-2024", "推进“三减”。", [f"三减：{one}"]), report("b-2025", "推进“三减”。", [f"三减：{other}"])
    )["3减"]
    assert len(found.senses) == senses
    assert sum(len(sense.definitions) for sense in found.senses) == 2


def test_sources() -> None:
    """A definition says where it is written: report, place, year, entry and span."""
    parsed = report("a-2024", "推进“三减”。", ["链主：龙头企业", "三减：减环节、减材料、减时限"], "义乌市")
    source = terms_of(parsed)["3减"].senses[0].definitions[0].source
    assert (source.type, source.report, source.place, source.year, source.entry) == (
        "appendix",
        "a-2024",
        "义乌市",
        2025,
        2,
    )
    assert source.start is not None
    assert parsed.report.text[source.start : source.end] == "减环节、减材料、减时限"


def test_inline_definitions() -> None:
    """An expansion in the running text is a definition too, but that its number agrees does not pass for a check."""
    parsed = report("a-2024", "整治山边、水边、路边“三边”地带。")
    [sense] = terms_of(parsed)["3边"].senses
    [definition] = sense.definitions
    assert (definition.text, definition.source.type, definition.source.entry) == ("山边、水边、路边", "inline", None)
    assert [member.text for member in definition.members] == ["山边", "水边", "路边"]
    assert (definition.count_check.status, definition.count_check.expected) == ("n/a", 3)
    assert (definition.evidence.kind, definition.evidence.reports, definition.head) == ("listed", ("a-2024",), "三边")


@pytest.mark.parametrize(
    ("other", "kind", "status"),
    [
        (("b-2025", "整治山边、路边、水边“三边”地带。", (), "滁州市"), "corroborated", "pass"),
        (("b-2025", "推进“三边”整治。", ("三边：山边、水边、路边",), "滁州市"), "corroborated", "pass"),
        (("b-2025", "整治山边、水边、路边“三边”地带。", (), "义乌市"), "listed", "n/a"),  # the same report again
        (("b-2025", "整治河边、湖边、海边“三边”地带。", (), "滁州市"), "listed", "n/a"),  # another list
    ],
)
def test_a_list_is_corroborated(other: tuple[str, str, tuple[str, ...], str], kind: str, status: str) -> None:
    """A list counts as confirmed if a note or the list of another report has the same items, whatever their order."""
    found = terms_of(report("a-2025", "整治山边、水边、路边“三边”地带。"), report(*other))["3边"]
    definitions = [one for sense in found.senses for one in sense.definitions]
    [first] = [one for one in definitions if one.source.report == "a-2025"]
    assert (first.evidence.kind, first.count_check.status) == (kind, status)


def test_notes_come_first() -> None:
    """Of what says the same the note stands before the list, though the list is of an earlier report."""
    earlier = report("a-2024", "整治山边、水边、路边“三边”地带。", date="2024年1月5日")
    later = report("b-2025", "推进“三边”整治。", ["三边：山边、水边、路边"], "滁州市")
    [sense] = terms_of(earlier, later)["3边"].senses
    assert [one.source.type for one in sense.definitions] == ["appendix", "inline"]


def test_a_definition_knows_its_whole_name() -> None:
    """What a note says of a longer name is kept as said of that, not of its core."""
    found = terms_of(
        report("a-2024", "推进“六化”。", ["安全生产“六化”：网格化、专业化、数字化、法治化、社会化、标准化"])
    )
    assert found["6化"].senses[0].definitions[0].head == "安全生产“六化”"


REPORTS = (
    report("a-2023", "推进“三减”，守住“六条底线”。", ["三减：减环节、减材料、减时限"], date="2023年1月5日"),
    report("b-2024", "推进「三减」改革，整治山边、水边、路边“三边”。", ["“三减”改革：减负担、减压力、减检查"]),
    report("c-2025", "“十四五”收官，守住6条底线，三减见效。", ["六条底线：甲、乙、丙、丁、戊、己"], "滁州市"),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_order_of_reports(order: tuple[int, ...]) -> None:
    """Terms, senses, doubts and usages do not depend on the order in which the reports come."""
    assert build([REPORTS[number] for number in order]) == build(REPORTS)


THREE = report("a-2024", "工作。", ["三减：减税、减费、减租", "三清：清欠、清违、清污", "三降：降本、降耗、降碳"])


@pytest.mark.parametrize(
    ("joined", "apart", "terms"),
    [
        ([], [], ["三减", "三清", "三降"]),
        (["三减 三清", "三清 三降"], [], ["三减 三清 三降"]),
        (["三清 三降", "三减 三清"], [], ["三减 三清 三降"]),
        (["三减 三清", "三减 三无"], [], ["三减 三清", "三降"]),  # it waits for a report with the other
        (["三减 三清", "三清 三降"], ["三减 三降"], ["三减 三清", "三降"]),  # of what cannot be together, the first
        (["三清 三降", "三减 三清"], ["三减 三降"], ["三减", "三清 三降"]),
        (["三减 三清"], ["三清 三减"], ["三减", "三清", "三降"]),
    ],
)
def test_what_editors_join_is_one_term(joined: list[str], apart: list[str], terms: list[str]) -> None:
    """Names that are joined, one with the next, are one term, unless that brings together what is kept apart."""
    pairs = [
        tuple((fold_name(one), fold_name(other)) for one, other in map(str.split, said)) for said in (joined, apart)
    ]
    found, _ = merge([THREE], kind_of, NameDecisions(*pairs))
    assert sorted(sorted(term.keys) for term in found) == sorted(
        sorted(map(fold_name, together.split())) for together in terms
    )


def test_every_key_leads_to_one_term() -> None:
    """No two terms share a key or an id, the first key is the term's own, and the order is that of the keys."""
    terms, _ = merge(REPORTS, kind_of)
    keys = [key for term in terms for key in term.keys]
    assert len(keys) == len(set(keys))
    assert len({term.id for term in terms}) == len(terms)
    assert [term.key for term in terms] == sorted(term.key for term in terms)
    assert all(term.keys[0] == term.key for term in terms)


@pytest.mark.parametrize(
    ("body", "notes", "key", "name"),
    [
        ("推进“三减”。", [], "3减", "三减"),  # as the slogan is printed
        ("推进清“三欠”。", ["清“三欠”：清欠账、清欠款、清欠薪"], "清3欠", "清“三欠”"),  # as the only head is
        ("推进“三减”，再推进“三减”，少谈「3减」。", [], "3减", "三减"),  # the commonest form
        ("推进。", ["“135”工作体系：甲", "“135”工作法：乙"], "135", "135"),  # the core that several heads share
    ],
)
def test_names(body: str, notes: list[str], key: str, name: str) -> None:
    """The preferred form is the head, if there is one whole name; else the core; else the commonest phrase."""
    assert terms_of(report("a-2024", body, notes))[key].name == name


@pytest.mark.parametrize(
    ("name", "kind"), [("三减", "numeral"), ("十四五", "plan"), ("链主", "quoted"), ("清“三欠”", "numeral")]
)
def test_kinds(name: str, kind: str) -> None:
    """A term that only an appendix names has the kind that its name, or its core, shows."""
    assert terms_of(report("a-2024", "工作。", [f"{name}：甲、乙"]))[fold_name(name)].kind == kind


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [("数据得地", "shù jù dé dì"), ("“135”工作体系", "135 gōng zuò tǐ xì"), ("清“三欠”", "qīng sān qiàn")],
)
def test_pinyin(name: str, pinyin: str) -> None:
    """The reading of a name has its tone marks and no quotation marks."""
    assert terms_of(report("a-2024", "工作。", [f"{name}：甲、乙"]))[fold_name(name)].pinyin == pinyin


def harvested(*reports: ParsedReport) -> Harvest:
    """Terms with variants, and usages with senses."""
    return build(reports)


@pytest.mark.parametrize(
    ("body", "form", "kind"),
    [
        ("推进“六个不减”工作。", "六个不减", "quoted"),
        ("推进六个不减工作。", "六个不减", "unquoted"),
        ("推进6个不减工作。", "6个不减", "numeral-style"),
        ("推进六個不減工作。", "六個不減", "traditional"),
    ],
)
def test_variants(body: str, form: str, kind: str) -> None:
    """Every printed form is a variant that says how it differs from the name, and which reports print it."""
    notes = ["六个不减：力度不减、投入不减、政策不减、帮扶不减、频次不减、责任不减"]
    terms = harvested(report("a-2024", "工作。", notes), report("b-2025", body)).terms
    [found] = [term for term in terms if term.key == fold_name("六个不减")]
    assert (form, kind, "b-2025") in [(v.form, v.type, r) for v in found.variants for r in v.reports]


def test_longer_and_shorter_variants() -> None:
    """The core by itself is a short form of a name that runs on, and a name that runs on is embedded in more words."""
    notes = ["安全生产“六化”：甲、乙、丙、丁、戊、己"]
    first = report("a-2024", "推进安全生产“六化”。", notes)
    short = harvested(first, report("b-2025", "实施“六化”，安全生产六化见效。")).terms[0]
    assert short.name == "安全生产“六化”"
    assert [(v.form, v.type, v.reports) for v in short.variants] == [
        ("六化", "short-form", ("b-2025",)),
        ("安全生产“六化”", "quoted", ("a-2024",)),
        ("安全生产六化", "unquoted", ("b-2025",)),
    ]
    core = harvested(first, report("b-2025", "实施“六化”行动。")).terms[0]
    assert core.name == "六化"  # two longer names share it
    assert [(v.form, v.type) for v in core.variants] == [("“六化”行动", "embedded"), ("安全生产“六化”", "embedded")]


def senses_of(found: Harvest, name: str) -> list[str | None]:
    """The report that defines the sense of each usage of a term, or None where it is left open, in order."""
    [term] = [term for term in found.terms if fold_name(name) in term.keys]
    by_sense = {sense.id: sense.definitions[0].source.report for sense in term.senses}
    return [by_sense[usage.sense] if usage.sense else None for usage in found.usages if usage.match.term == term.id]


ONE = "三大工程：桥梁、隧道、港口"
OTHER = "三大工程：育种、农机、仓储"


@pytest.mark.parametrize(
    ("place", "other_place", "senses"),
    [
        ("义乌市", "宁波市海曙区", ["a-2024", "b-2025", "a-2024"]),  # the same place, though of another year
        ("宁波市海曙区", "义乌市", ["a-2024", "b-2025", None]),  # both in the same province only: left open
    ],
)
def test_sense_by_place(place: str, other_place: str, senses: list[str | None]) -> None:
    """A usage has the sense of its own report, else that of the nearest place up to the same prefecture, else none."""
    found = harvested(
        report("a-2024", "建设“三大工程”项目。", [ONE], place),
        report("b-2025", "建设“三大工程”项目。", [OTHER], other_place),
        report("c-2025", "建设“三大工程”项目。", [], "义乌市" if place == "义乌市" else "杭州市"),
    )
    assert senses_of(found, "三大工程") == senses


def test_sense_by_mark_and_expansion() -> None:
    """Within one report a mark or an expansion beside the name decides between two senses."""
    body = "推进“三大工程”①建设。实施育种攻关、农机升级、仓储扩容“三大工程”。"
    parsed = parse(
        Document(
            "a-2024.txt",
            HEAD.format(place="义乌市", date="2024年1月5日")
            + body
            + "\n注释\n①三大工程：桥梁、隧道、港口。\n②链主：龙头企业。\n",
            "0",
            "text",
        )
    )
    found = harvested(parsed)
    [term] = [term for term in found.terms if term.key == "3大工程"]
    assert len(term.senses) == 2
    by_type = {sense.id: sense.definitions[0].source.type for sense in term.senses}
    usages = [usage for usage in found.usages if usage.match.term == term.id]
    assert [by_type[usage.sense] for usage in usages if usage.sense] == ["appendix", "inline"]


def test_usages_have_headings() -> None:
    """A usage names the nearest heading before it."""
    parsed = report("a-2024", "推进“六个不减”。\n二、今年任务\n（一）抓产业。推进六个不减。")
    assert [usage.heading for usage in harvested(parsed).usages] == ["一、工作回顾", "（一）抓产业"]


def test_a_period_of_planning_is_no_number() -> None:
    """Where 15 is a name, the first and the tenth five-year plan are no uses of it."""
    found = harvested(report("a-2024", "“一五”时期起步，“十五”时期壮大。建设“15”分钟圈。"))
    names = {term.id: term.name for term in found.terms}
    assert [names[usage.match.term] for usage in found.usages] == [usage.match.text for usage in found.usages]


def test_a_core_with_another_sense_is_the_name() -> None:
    """A longer name does not become the name of what another report lists under the bare core."""
    first = report("a-2024", "推进海岸修复“三大工程”。", ["海岸修复“三大工程”：沙滩工程、海堤工程、湿地工程"])
    second = report("b-2025", "实施桥梁、隧道、港口“三大工程”。")
    [term] = [term for term in harvested(first, second).terms if fold_name("三大工程") in term.keys]
    assert (term.name, len(term.senses)) == ("三大工程", 2)


def test_a_name_in_several_wholes_is_called_by_its_core() -> None:
    """The wholes that reports know of one core have no share in its name, however many define one of them unquoted."""
    reports = [
        report("a-2025", "实施“十大行动”。", ["助力小店“十大行动”：甲、乙、丙"]),
        report("b-2025", "实施“清水十大行动”。", ["清水十大行动：丁、戊、己"]),
        report("c-2025", "实施“清水十大行动”。", ["清水“十大行动”：丁、戊、己"]),
        report("d-2025", "实施“清水十大行动”。", ["清水十大行动：丁、戊、己"]),
    ]
    assert terms_of(*reports)[fold_name("清水十大行动")].name == "十大行动"
