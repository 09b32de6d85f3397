"""Whatever the order in which people harvest, decide, undo and put their logs together, the edition is the same."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary_api.curation.decision_log import read_log, record
from glossary_api.harvesting.harvest import harvest, publish
from glossary_api.harvesting.intake import HERE, Work

EXAMPLES = 15
HEAD = "{place}政府工作报告\n——{year}年1月5日在{place}第十三届人民代表大会第三次会议上\n各位代表：\n一、工作回顾\n"
PILE = {
    "yiwu-2025.txt": HEAD.format(place="义乌市", year=2025)
    + "推进“三减”改革，做好“两新”工作。实施“双引领”计划，打造“沃土”。发展低空经济。\n名词解释\n"
    + "1.三减：减环节、减材料、减时限。\n2.两新：新经济组织、新社会组织。\n",
    "kunshan-2025.txt": HEAD.format(place="昆山市", year=2025)
    + "落实“两新”政策，推进“三减”工作。加强两新组织党建。支持“两重”建设。\n名词解释\n"
    + "1.两新：大规模设备更新和消费品以旧换新。\n2.三减：减环节、减材料、减时限、减跑动。\n",
    "taicang-2024.txt": HEAD.format(place="太仓市", year=2024) + "支持“两重”建设，推进“五优”工程，打造“沃土”。\n",
}
DRAFTS: tuple[Mapping[str, Any], ...] = (
    {"kind": "establish", "term": "低空经济"},
    {"kind": "establish", "term": "沃土"},
    {"kind": "reject", "term": "三减"},
    {"kind": "reject", "term": "5优"},
    {"kind": "join-names", "term": "两新", "other": "两重"},
    {"kind": "keep-apart", "term": "两重", "other": "两新"},
    {"kind": "add-definition", "term": "两重", "text": "重大战略、重点领域"},
    {
        "kind": "withdraw-definition",
        "term": "两新",
        "passage": {"report": "yiwu-2025", "quote": "新经济组织、新社会组织"},
    },
    {
        "kind": "set-sense",
        "term": "两新",
        "use": {"report": "kunshan-2025", "quote": "加强两新组织党建"},
        "passage": {"report": "yiwu-2025", "quote": "新经济组织"},
    },
    {"kind": "add-rendering", "term": "三减", "language": "en", "rendering": "three cuts"},
    {"kind": "correct-report", "report": "taicang-2024", "field": "year", "value": "2023"},
    {"kind": "prefer-name", "term": "双引领", "name": "“双引领”计划"},
)
STEPS = st.lists(
    st.one_of(
        st.sampled_from(DRAFTS),
        st.sampled_from(list(PILE)).map(lambda name: {"file": name}),
        st.integers(0, 9).map(lambda back: {"undo": back}),
        st.just({"harvest": True}),
    ),
    max_size=14,
)


def edition_of(folder: Path, work: Work = HERE, log: str = "decisions.jsonl") -> str:
    """The hash of the edition that is harvested from a folder with its log."""
    found = harvest([folder / "pile"], decisions=read_log(folder / log), work=work)
    return publish(found, folder / "glossary.db")


def lived(folder: Path, steps: list[dict[str, Any]]) -> str:
    """The hash of the edition behind steps: files that come, decisions, undoings, harvests with what is kept."""
    work, log = Work(1, "", folder / "glossary.cache.db"), folder / "decisions.jsonl"
    (folder / "pile" / "yiwu-2025.txt").write_text(PILE["yiwu-2025.txt"], "utf-8")
    for step in steps:
        made = read_log(log)
        if "file" in step:
            (folder / "pile" / step["file"]).write_text(PILE[step["file"]], "utf-8")
        elif "harvest" in step:
            edition_of(folder, work)
        elif "undo" not in step:
            record(log, step, "li")
        elif step["undo"] < len(made):
            record(log, {"kind": "undo", "decision": made[-1 - step["undo"]].id}, "wang")
    return edition_of(folder, work)


@settings(max_examples=EXAMPLES, deadline=None)
@given(STEPS, st.integers(0, 999))
def test_every_order_gives_the_same_edition(steps: list[dict[str, Any]], seed: int) -> None:
    """Harvests in between change nothing, nor does a log whose lines are shuffled and doubled, as after a merge."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pile").mkdir()
        once = lived(folder, steps)
        log = folder / "decisions.jsonl"
        lines = log.read_text("utf-8").splitlines(keepends=True) if log.exists() else []
        lines += lines[:2]
        random.Random(seed).shuffle(lines)
        (folder / "merged.jsonl").write_text("".join(lines), "utf-8")
        assert edition_of(folder, log="merged.jsonl") == once
