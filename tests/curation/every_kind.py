"""Each kind of decision once, on a pile of three invented reports: how it is said, and what is answered after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from tests.site.reading import read

REPORTS = {
    "kunshan-2031": """昆山市政府工作报告
——2031年1月8日在昆山市第二十届人民代表大会第三次会议上
昆山市市长 陈一
各位代表：
一、去年回顾
落实“三个早”①，做好“两个一”②，推进“三个早”改革，打造发展的“沃土”。抓好“五个清”③，用好“一网一图”。
压实责任，落实“四个查”④。守好“底线。健全村级“四个有”⑤。
名词解释
①“三个早”：早谋划、早动手、早见效。
②“两个一”：一张网、一张图。
③“五个清”：底数清、责任清、时限清、措施清、结果清。
④“四个查”：查思想、查作风、查纪律、查落实。
⑤村级“四个有”：有阵地、有队伍、有机制、有实效。
""",
    "taicang-2031": """太仓市政府工作报告
——2031年1月9日在太仓市第十九届人民代表大会第三次会议上
太仓市市长 胡一
各位代表：
一、去年回顾
全面推行“三个早”①，河道“五个清”②，抓实“四个查”③，推动“一网一图”。
名词解释
①“三个早”：早谋划、早动手、早见效。
②“五个清”：水清、岸清、河清、路清、田清。
③“四个查”：查思想、查作风、查纪律、查落实。
""",
    "wujiang-2032": """吴江区政府工作报告
——2032年1月9日在苏州市吴江区第十九届人民代表大会第三次会议上
各位代表：
一、去年回顾
坚持“五个清”，落实“三个早”，健全村级“三个早”机制，落实“四个有”。
""",
}
RENDERINGS = """term,sense,language,rendering,status,source,note
四个查,,en,four checks,proposed,project,
四个查,,en,Four Inspections,approved,project,
"""
TEXT = "落实“三个早”，打造“沃土”，抓好“五个清”和“四个查”，用好“一网一图”。"
EARLY, CLEAR, WATER = "早谋划、早动手、早见效", "底数清、责任清、时限清、措施清、结果清", "水清、岸清、河清、路清、田清"
CHECKS = "查思想、查作风、查纪律、查落实"


def written(folder: Path) -> None:
    """Write the pile, and the renderings beside it, into a folder."""
    (folder / "pile").mkdir()
    for name, text in REPORTS.items():
        (folder / "pile" / f"{name}.txt").write_text(text, "utf-8")
    (folder / "own.csv").write_text(RENDERINGS, "utf-8")


@dataclass(frozen=True, slots=True)
class Served:
    """Answers of the application about an edition, trimmed to what decisions change."""

    client: FlaskClient

    def term(self, name: str, part: str) -> Any:
        """A field of the term's document."""
        return self.client.get(f"/api/v1/terms/{name}").get_json().get(part)

    def meanings(self, name: str) -> Any:
        """The definitions that a look-up at a place and day finds, by sense; None if it finds no term."""
        asked = {"name": name, "place": "昆山市", "date": "2031-01-08"}
        found = self.client.get("/api/v1/lookup", query_string=asked).get_json()
        if "term" not in found:
            return None
        known = {one["id"]: one["definitions"] for one in found["term"]["senses"]}
        return [[one["text"] for one in known[sense["id"]]] for sense in found["senses"]]

    def marked(self, name: str) -> bool:
        """Whether annotate marks the name in a text."""
        found = self.client.post("/api/v1/annotate", json={"text": TEXT}).get_json()
        return name in [one["text"] for one in found["matches"]]

    def renderings(self, name: str) -> list[str]:
        """The renderings that annotate offers for a name at a place."""
        asked = {"text": TEXT, "place": "昆山市", "date": "2031-01-08"}
        matches = self.client.post("/api/v1/annotate", json=asked).get_json()["matches"]
        offered = [one for found in matches if found["text"] == name for one in found["equivalents"]]
        return [one["rendering"] for one in offered]

    def uses(self, name: str) -> list[tuple[str, str | None]]:
        """The reports that use the term, each with the sense of its use."""
        found = self.client.get(f"/api/v1/terms/{name}/usages").get_json()
        return [(one["report"]["id"], one["sense"]) for one in found["items"]]

    def exported(self) -> dict[str, Any]:
        """The documents of an export, by name."""
        lines = self.client.get("/api/v1/export/jsonl").get_data(as_text=True).splitlines()
        return {one["name"]: one for one in map(json.loads, lines)}

    def texts(self, name: str) -> list[list[str]]:
        """The definitions of an exported term, by sense."""
        term = self.exported()[name]
        return [[one["text"] for one in sense["definitions"]] for sense in term["senses"]]

    def page(self, address: str) -> str:
        """The words of a page."""
        (main,) = read(self.client.get(address)).find("main")
        return str(main.text)


Told = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A decision of one kind, and what is answered before and after it."""

    about: str
    """The page on which it is decided, and what it changes is seen."""
    words: tuple[str, ...]
    """What the command line says behind the kind."""
    told: Callable[[Served], Told]
    before: Told
    after: Told
    form: Mapping[str, str] = field(default_factory=dict)
    """What is filled into the form, by the field; of lists the words of the choice."""
    seen: str = ""
    """What the page has after it and not before it."""
    gone: str = ""
    """What it has before it and not after it."""


CASES = {
    "establish": Case(
        "/terms/沃土",
        ("沃土",),
        lambda at: (at.term("沃土", "status"), at.marked("沃土"), "沃土" in at.exported()),
        ("candidate", False, False),
        ("established", True, True),
        gone="候选",
    ),
    "reject": Case(
        "/terms/四个查",
        ("四个查",),
        lambda at: (at.term("四个查", "status"), at.marked("四个查"), "四个查" in at.exported()),
        ("established", True, True),
        ("candidate", False, False),
        seen="候选",
    ),
    "join-names": Case(
        "/terms/两个一",
        ("两个一", "一网一图"),
        lambda at: (at.term("一网一图", "name"), at.meanings("一网一图"), "一网一图" in at.exported()),
        ("一网一图", [], True),
        ("两个一", [["一张网、一张图"]], False),
        {"other": "一网一图"},
        seen="用好“一网一图”",
    ),
    "keep-apart": Case(
        "/terms/四个有",
        ("四个有", "村级“四个有”"),
        lambda at: ("四个有" in at.exported(), [report for report, _ in at.uses("四个有")]),
        (False, ["kunshan-2031", "wujiang-2032"]),
        (True, ["wujiang-2032"]),
        {"other": "村级“四个有”"},
        gone="健全村级“四个有”",
    ),
    "join-senses": Case(
        "/terms/五个清",
        ("五个清", "--passage", f"kunshan-2031:{CLEAR}", "--other-passage", f"taicang-2031:{WATER}"),
        lambda at: (at.texts("五个清"), at.meanings("五个清")),
        ([[CLEAR], [WATER]], [[CLEAR]]),
        ([[CLEAR, WATER]], [[CLEAR, WATER]]),
        {"passage": "底数清", "other_passage": "水清"},
        gone="义项 2",
    ),
    "split-senses": Case(
        "/terms/三个早",
        ("三个早", "--passage", f"kunshan-2031:{EARLY}", "--other-passage", f"taicang-2031:{EARLY}"),
        lambda at: (at.texts("三个早"), at.meanings("三个早")),
        ([[EARLY, EARLY]], [[EARLY, EARLY]]),
        ([[EARLY], [EARLY]], [[EARLY]]),
        {"passage": "kunshan-2031", "other_passage": "taicang-2031"},
        seen="义项 2",
    ),
    "correct-definition": Case(
        "/terms/两个一",
        ("两个一", "一张网络、一张地图", "--passage", "kunshan-2031:一张网、一张图"),
        lambda at: (at.texts("两个一"), at.meanings("两个一")),
        ([["一张网、一张图"]], [["一张网、一张图"]]),
        ([["一张网络、一张地图"]], [["一张网络、一张地图"]]),
        {"text": "一张网络、一张地图"},
        seen="一张网络、一张地图",
    ),
    "add-definition": Case(
        "/terms/一网一图",
        ("一网一图", "网格一张网、作战一张图"),
        lambda at: (at.texts("一网一图"), at.meanings("一网一图")),
        ([], []),
        ([["网格一张网、作战一张图"]], [["网格一张网、作战一张图"]]),
        {"text": "网格一张网、作战一张图"},
        seen="网格一张网、作战一张图",
    ),
    "withdraw-definition": Case(
        "/terms/两个一",
        ("两个一", "--passage", "kunshan-2031:一张网、一张图"),
        lambda at: (at.texts("两个一"), at.meanings("两个一")),
        ([["一张网、一张图"]], [["一张网、一张图"]]),
        ([], []),
        gone="一张网、一张图",
    ),
    "set-sense": Case(
        "/terms/五个清",
        ("五个清", "--use", "wujiang-2032:坚持“五个清”", "--passage", f"taicang-2031:{WATER}"),
        lambda at: (
            [sense is None for _, sense in at.uses("五个清")],
            WATER in at.page("/reports/wujiang-2032/glossary"),
        ),
        ([False, False, True], False),
        ([False, False, False], True),
        {"use": "坚持“五个清”", "passage": "水清"},
    ),
    "not-a-use": Case(
        "/terms/一网一图",
        ("一网一图", "--use", "taicang-2031:一网一图"),
        lambda at: (at.uses("一网一图"), [one["id"] for one in at.exported()["一网一图"]["reports"]]),
        ([("kunshan-2031", None), ("taicang-2031", None)], ["kunshan-2031", "taicang-2031"]),
        ([("kunshan-2031", None)], ["kunshan-2031"]),
        {"use": "taicang-2031"},
        gone="推动“一网一图”",
    ),
    "prefer-name": Case(
        "/terms/三个早",
        ("三个早", "“三个早”机制"),
        lambda at: (at.term("三个早", "name"), "“三个早”机制" in at.exported()),
        ("三个早", False),
        ("“三个早”机制", True),
        {"name": "“三个早”机制"},
    ),
    "add-rendering": Case(
        "/terms/三个早",
        ("三个早", "en", "three earlies", "--passage", f"kunshan-2031:{EARLY}"),
        lambda at: (at.renderings("三个早"), "three earlies" in json.dumps(at.exported()["三个早"])),
        ([], False),
        (["three earlies"], True),
        {"rendering": "three earlies", "passage": "kunshan-2031"},
        seen="three earlies",
    ),
    "prefer-rendering": Case(
        "/terms/四个查",
        ("四个查", "en", "four checks", "--passage", f"kunshan-2031:{CHECKS}"),
        lambda at: (at.renderings("四个查"),),
        (["Four Inspections", "four checks"],),
        (["four checks", "Four Inspections"],),
        {"about": "four checks"},
    ),
    "approve-rendering": Case(
        "/terms/四个查",
        ("四个查", "en", "four checks", "--passage", f"kunshan-2031:{CHECKS}"),
        lambda at: (sorted(one["status"] for one in at.term("四个查", "senses")[0]["equivalents"]),),
        (["approved", "proposed"],),
        (["approved", "approved"],),
        {"about": "four checks"},
    ),
    "withdraw-rendering": Case(
        "/terms/四个查",
        ("四个查", "en", "Four Inspections", "--passage", f"kunshan-2031:{CHECKS}"),
        lambda at: (at.renderings("四个查"), "Four Inspections" in json.dumps(at.exported()["四个查"])),
        (["Four Inspections", "four checks"], True),
        (["four checks"], False),
        {"about": "Four Inspections"},
        gone="Four Inspections",
    ),
    "translate-definition": Case(
        "/terms/四个查",
        ("四个查", "en", "Check thinking, style, discipline and results", "--passage", f"kunshan-2031:{CHECKS}"),
        lambda at: (
            "Check thinking" in json.dumps(at.term("四个查", "senses")),
            "Check thinking" in json.dumps(at.exported()),
        ),
        (False, False),
        (True, True),
        {"language": "en", "text": "Check thinking, style, discipline and results"},
        seen="Check thinking, style, discipline and results",
    ),
    "note": Case(
        "/terms/三个早",
        ("三个早", "问过作者"),
        lambda at: (at.term("三个早", "status"), "问过作者" in json.dumps(at.exported(), ensure_ascii=False)),
        ("established", False),
        ("established", False),
        {"text": "问过作者"},
        seen="问过作者",
    ),
    "not-an-error": Case(
        "/findings",
        ("lone-quotation-mark", "--use", "kunshan-2031:“底线"),
        lambda at: ("守好“底线" in at.page("/findings"),),
        (True,),
        (False,),
        gone="守好“底线",
    ),
    "correct-report": Case(
        "/reports/taicang-2031",
        ("taicang-2031", "place", "常熟市"),
        lambda at: (
            at.client.get("/api/v1/reports/taicang-2031").get_json()["place"],
            [one["place"] for one in at.exported()["一网一图"]["reports"]],
        ),
        ("太仓市", ["昆山市", "太仓市"]),
        ("常熟市", ["昆山市", "常熟市"]),
        {"field": "place", "value": "常熟市"},
        seen="常熟市",
    ),
}
"""By kind; those about other decisions are how each is taken back, or let hold."""
