"""Find who delivered a report: the name beside an office in its title block, or a line that is only a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary_api.parsing.lines import Line
from glossary_api.parsing.patterns import any_of
from glossary_api.text.folding import plain
from glossary_api.text.printed_places import Divisions

_HEADS = (
    "市长",
    "省长",
    "县长",
    "区长",
    "州长",
    "盟长",
    "旗长",
    "镇长",
    "乡长",
    "总理",
    "国务委员",
    "行政长官",
    "专员",
    "主席",
    "书记",
    "委员长",
    "院长",
    "检察长",
    "主任",
    "部长",
    "厅长",
    "局长",
    "行长",
)
_SPACED = "|".join(r"\s{0,3}".join(head) for head in _HEADS)  # 市　长
_HEAD = rf"(?:代理|代)?(?:{_SPACED})"
OFFICE = rf"{_HEAD}(?:\(代\))?(?:兼[^,。:;在\s]{{1,20}}?(?:{'|'.join(_HEADS)}))?"
"""An office that delivers reports, in plain form, with a second one that its holder has: 副总理兼财政部长."""
_SHORT_NAME = 3
_HAN_NAME = r"[\u4e00-\u9fff](?:[\s\u3000]*[\u4e00-\u9fff·]){1,3}"
_LONG_NAME = r"[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})?"
_NAME = rf"(?:{_LONG_NAME}|{_HAN_NAME})"
_BEFORE_MEETING = r"(?=在|作|向|受|所作|$|[\s,)])"
_BESIDE_OFFICE = (
    re.compile(rf"{OFFICE}[\s\u3000:?-]*({_NAME})(?:同志)?{_BEFORE_MEETING}"),
    re.compile(rf"^\S{{0,16}}{_HEAD}[\s\u3000]*([\u4e00-\u9fff]{{5,6}})$"),  # 自治区主席乌云其木格
    re.compile(rf"(?:^|日|[\s\u3000])({_NAME})[\s\u3000]*{_HEAD}(?=在|作)"),
    re.compile(rf"^报告人[\s\u3000:]*({_NAME})$"),
)
_BEHIND_DAY_OR_MEETING = re.compile(
    rf"^\((?:[^年]{{4}}年[^月]{{1,3}}月[^日]{{1,3}}日|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}})\s*({_NAME})\s*\)$|(?:会议|大会)上\s+({_NAME})$"
)
"""（2003年2月16日 某某）, 在…会议上　某某: only what looks like a name by itself."""
_ENDS_WITH_OFFICE = re.compile(rf"{OFFICE}[\s:]*$")
_NO_NAME = re.compile(any_of("wordings", "no-person"))
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪"
    "祁毛禹狄米贝明臧伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊甄曲封储靳段焦巴牧侯宓"
    "班仰仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾暨居衡"
    "阚逯亢訾鞠佟苑都耿满弘匡文寇广禄阙东欧师巩聂关荆肖覃占付代仝敖滑游闫亓库麦栗"
)
"""First characters of names of persons, simplified."""


def speaker_of(lines: Sequence[Line], printed: Sequence[str]) -> str | None:
    """Return the name beside an office (市长 某某; 某某市长在…; 省长某某作…), else a line that is only a name.

    `lines` are those of the title block in plain form, `printed` the same as printed. The name comes without white
    space and without 同志.
    """
    for line, original in zip(lines, printed, strict=True):
        for pattern in _BESIDE_OFFICE:
            for found in pattern.finditer(line.text):
                name = _bare(original[found.start(1) : found.end(1)])
                if name and (_may_be_name(name) or _is_called_as_a_town(name)):
                    return name
    before = ""
    for line, original in zip(lines, printed, strict=True):
        if alone := _alone(line.text, original, bool(_ENDS_WITH_OFFICE.search(before))):
            return alone
        before = line.text
        if behind := _BEHIND_DAY_OR_MEETING.search(line.text):
            name = _bare(original[slice(*behind.span(behind.lastindex or 0))])
            if is_person(name):
                return name
    return None


def _alone(text: str, original: str, is_due: bool) -> str | None:
    """Return a name that is a line of its own: with a surname, or spaced, or behind a line that ends with an office."""
    bare = original[len(text) - len(text.lstrip("()")) :].strip("（）()")
    name = _bare(bare)
    is_long = "·" in name
    if not re.fullmatch(_NAME, plain(bare)) or len(name) > (12 if is_due or is_long else 4) or not _may_be_name(name):
        return None
    is_spaced = len(bare.strip()) > len(name)  # 栗 文 远: set in type as names are
    return name if is_due or is_spaced or is_long or looks_like_name(name) else None


def is_person(name: str) -> bool:
    """Tell whether a text is a name by itself, be it a long one, 甲·乙."""
    return looks_like_name(name) or bool(re.fullmatch(_LONG_NAME, plain(name)))


def looks_like_name(name: str) -> bool:
    """Tell whether a text may stand for a person by itself: a surname and one to three signs, and no place."""
    simple = plain(name)
    return (
        bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", simple))
        and simple[0] in SURNAMES
        and _may_be_name(name)
        and Divisions.published().called(simple) is None
    )


def _may_be_name(name: str) -> bool:
    simple = plain(name)
    return len(simple) > 1 and not _NO_NAME.search(simple) and Divisions.published().find(simple) is None


def _is_called_as_a_town(name: str) -> bool:
    """Tell whether a name beside an office only ends as the names of towns do: 金之镇."""
    place = Divisions.published().find(plain(name))
    if _NO_NAME.search(plain(name)):
        return False
    return place is not None and place.code is None and len(name) <= _SHORT_NAME and plain(name)[0] in SURNAMES


def _bare(name: str) -> str:
    return re.sub(r"\s+", "", name).removesuffix("同志")
