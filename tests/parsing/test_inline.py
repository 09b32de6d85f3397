from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.parsing.conftest import Parse

BEFORE = "政府工作报告\n各位代表：\n一、工作回顾\n"


def members_of(parse_text: Parse, body: str) -> list[str]:
    """The members of the first numeral slogan of a body, none if it has no expansion."""
    slogan = next(slogan for slogan in parse_text(BEFORE + body).slogans if slogan.kind == "numeral")
    return [member.text for member in slogan.inline.members] if slogan.inline else []


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("整治山边、水边、路边“三边”地带。", "山边|水边|路边"),  # right before it
        ("落实应急预案、应急物资、应急队伍“三项准备”。", "应急预案|应急物资|应急队伍"),
        ("统筹教育、科技和人才“三位一体”发展。", "教育|科技|人才"),  # the last two joined by 和
        ("推进减环节、减材料、减时限等“三减”改革。", "减环节|减材料|减时限"),  # 等 leads to it
        ("守牢“三条底线”：耕地、生态、安全。", "耕地|生态|安全"),  # behind a colon
        (
            "“四合一”推进设备更新、技术改造、数字转型、绿色发展。",
            "设备更新|技术改造|数字转型|绿色发展",
        ),  # behind a verb
        (
            "兜牢“三保”底线，保民生、保工资、保运转。",
            "保民生|保工资|保运转",
        ),  # behind a comma, each with what is counted
        ("坚持党建引领、人才引领“双引领”。", "党建引领|人才引领"),  # a pair
        ("做到政策、服务“两到位”。", "政策|服务"),  # a pair of one length
        ("甲警情和乙警情实现“双下降”。", "甲警情|乙警情"),  # the subject of what the slogan says
        ("以冰雪和避暑“双品牌”为引领。", "冰雪|避暑"),  # behind a preposition
        ("打造汽车、电子“双千亿”产业集群。", "汽车|电子"),  # a pair of so much each
        ("实行不打、不骂、不罚的“三不”。", "不打|不骂|不罚"),  # 的 leads to it
        ("实行“不打、不骂、不罚”的“三不”。", "不打|不骂|不罚"),  # all of another quotation
        ("坚持质量第一、坚持效益优先的“两个坚持”。", "坚持质量第一|坚持效益优先"),  # each with what is counted
        ("守住确保粮食安全和防止规模返贫“两条底线”。", "确保粮食安全|防止规模返贫"),  # long clauses
        ("甲面积、总产、单产实现“两增一稳”。", "甲面积|总产|单产"),  # the subjects of how things go
        ("群众安全感、满意度连续三年实现“双提升”。", "群众安全感|满意度"),  # a pair of unlike length
        ("新增家政服务、应急救助“双持证”服务员80人。", "家政服务|应急救助"),  # each as long, whatever follows
        ("坚持和完善基本生活保障、失业保险和最低生活保障的“三条保障线”。", "基本生活保障|失业保险|最低生活保障"),
        ("打造甲业升级、乙业转型和扩大消费、扩大投资“双引擎”。", "甲业升级、乙业转型|扩大消费、扩大投资"),  # rows
        ("促进供应链产业链资金链“三链融合”。", "供应链|产业链|资金链"),  # no sign between them
        ("稳住甲地，稳市场、稳物价，稳预期，做到“四稳”。", "稳住甲地|稳市场|稳物价|稳预期"),  # clauses that carry it
        ("开展了打击偷税漏税行为，打击制假售假行为的“双打”运动。", "打击偷税漏税行为|打击制假售假行为"),
        ("落实招商引资、招才引智“双招双引”政策。", "招商引资|招才引智"),  # each holds both
        ("坚持问题导向、目标导向、结果导向的“三个导向”。", "问题导向|目标导向|结果导向"),  # 导向 is a word
        ("构建党建引领、数字赋能、群众参与的“三位一体”模式。", "党建引领|数字赋能|群众参与"),  # so is 参与
        ("办好上学、看病、养老“三件大事”。", "上学|看病|养老"),
        ("建设甲中心城市、乙中心、丙枢纽“两中心一枢纽”。", "甲中心城市|乙中心|丙枢纽"),  # each holds its noun
        ("实施“山林道”“水乡路”“田园居”“三大行动”。", "山林道|水乡路|田园居"),  # a row of quotations
        ("为居民提供乳腺癌、宫颈癌“两癌”免费筛查。", "乳腺癌|宫颈癌"),
        ("打好汽车、钢铁、化工产业转型“三大战役”。", "汽车|钢铁|化工"),  # what is said of all stands behind the last
        ("推进产学研用“四位一体”改革。", "产|学|研|用"),  # single characters, done as one
        ('整治"山边、水边、路边"和甲业、乙业、丙业"三业"。', "甲业|乙业|丙业"),  # straight quotation marks
        ("市区累计拆除甲、乙、丙、丁“四拆”建筑。", "甲|乙|丙|丁"),  # single signs, to which is done what is counted
        ("深化甲权、乙权、丙权分置的“三权”改革。", "甲权|乙权|丙权"),  # what is said of all
        ("加强政策服务、数字服务、热线服务“三送”工作。", "政策服务|数字服务|热线服务"),  # of one sort
        ("事故起数和人数逐年“双下降”。", "事故起数|人数"),  # subjects of any length
        ("诈骗案件发案、损失“双下降”。", "诈骗案件发案|损失"),
        ("做到“两个更加”：\n——更加注重实效。抓好落实。\n——更加注重长远。", "更加注重实效|更加注重长远"),  # paragraphs
        (
            "在全国率先实现新能源装机和发电量占比“双主体”。",
            "新能源装机|发电量占比",
        ),  # behind the verb that governs both
        ("推进分配改革和项目评审、机构评估、成果评奖“三评”改革。", "项目评审|机构评估|成果评奖"),  # behind 和
        ("建立“林长制”和工程推进、应急解决“两项机制”。", "工程推进|应急解决"),  # behind another name
        ("推动天山、白塔国际机场“两场一体”运营。", "天山|白塔国际机场"),  # one noun behind both
        ("用好国际国内“两种资源”。", "国际|国内"),  # words that share a sign
        ("发放服务和护理“两项补贴”。", "服务|护理"),  # words that a verb leads to
        ("建设甲河、乙山、丙山“一河两山”生态带。", "甲河|乙山|丙山"),  # each ends with its own sign
        ("努力实现规模与经济效益“双增长”。", "规模|经济效益"),  # an adverb before the verb
        ("某县重点抓好甲地投资、乙地收入、丙地就业“三条主线”。", "甲地投资|乙地收入|丙地就业"),  # behind its subject
        ("青山镇工业投资、财政收入、常住人口实现“三提升”。", "工业投资|财政收入|常住人口"),  # all of one place
        ("初步构建了集纺纱织布、污水处理、余热发电于一体的“三位一体”模式。", "纺纱织布|污水处理|余热发电"),  # gathered
        ("纠正行贿、偷税、漏税、造假等所谓“四毒”行为。", "行贿|偷税|漏税|造假"),
        ("坚持因地制宜、稳步发展的“八字方针”。", "因地制宜|稳步发展"),  # as many characters as it says
        (
            "推动绿色有机农畜产品加工销售、精深加工、品牌价值“三链同构”。",
            "加工销售|精深加工|品牌价值",
        ),  # whose they are
        ("推进中医药教育科技人才“三位一体”发展。", "教育|科技|人才"),  # words without a sign between them, done as one
    ],
)
def test_expansion(parse_text: Parse, body: str, members: str) -> None:
    """A list in apposition before a slogan, or said behind it to be what it stands for, is its expansion."""
    assert members_of(parse_text, body) == members.split("|")


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("进出口额达到103亿元、企业达到102家，首次实现“双过百”。", "进出口额|企业"),  # what the figures are of
        ("标准机架4万架、算力规模超2.2万P，实现“双翻番”。", "标准机架|算力规模"),
        ("建设 “智甲 ”、数乙 、网丙等“三大工程”。", "“智甲 ”|数乙|网丙"),  # white space is no part of a member
        ("实施“双百工程”，培育100家甲企业和100个乙、丙模型，争创基地。", "100家甲企业|100个乙、丙模型"),
        ("实施“十百千”行动，引进10名甲、100名乙、1000名丙。", "10名甲|100名乙|1000名丙"),  # in this order
        (
            "实施“三个一百”计划，推进100项甲、100项乙，统筹投入100亿元支持丙业。",
            "100项甲|100项乙|统筹投入100亿元支持丙业",
        ),
        (
            "优化“3个100万”，“十五五”时期甲口新增100万、乙口新增100万、丙口新增100万。",
            "甲口新增100万|乙口新增100万|丙口新增100万",
        ),
        (
            "抓好“四稳”。全力稳就业，强化帮扶。全力稳企业，优化服务。全力稳市场，扩大消费。全力稳预期。",
            "稳就业|稳企业|稳市场|稳预期",
        ),
        (
            "打造“三大集群”。打造甲业集群。开工10个项目。打造乙业集群。打造丙业集群。抓好落实。",
            "甲业集群|乙业集群|丙业集群",
        ),
        ("促进“两个融合”。推进甲和乙融合，建设平台。推进丙和丁融合，办好会议。", "甲和乙融合|丙和丁融合"),
        (
            "打好“两个攻坚战”。\n一是突出重点，打好甲业攻坚战。做好工作。\n二是扩大开放，打好乙业攻坚战。",
            "甲业攻坚战|乙业攻坚战",
        ),
        (
            "抓好“一城、一港、一体系”：一是甲业新城。依托山水。二是乙江港。扩大开放。三是丙网体系。加快建设。",
            "甲业新城|乙江港|丙网体系",
        ),
        (
            "实施“两大战略”、实现“两个新局面”。\n一是实施甲业战略，在甲业上打开新局面。\n二是实施乙业战略，在乙业上打开新局面。",
            "甲业战略|乙业战略",
        ),
        ("国有“三资”管理改革成效显现，深入盘活国有资源、资产、资金的价值。", "资源|资产|资金"),  # of one length
        (
            "要锚定质量更加彰显，环境更加美丽，治理更加有效。对照“三个更加”的目标。",
            "质量更加彰显|环境更加美丽|治理更加有效",
        ),
        ("力争收入稳居全国上游、人口稳居全国上游。“两个稳居”的目标催人奋进。", "收入稳居全国上游|人口稳居全国上游"),
        (
            "（一）“三件大事”扎实推进。坚持把甲城建设、乙会筹办、丙江治理作为重大任务，抓好落实。",
            "甲城建设|乙会筹办|丙江治理",
        ),
        (
            "做到“三个坚定不移”：\n一是坚定不移抓甲业。咬定目标。\n二是坚定不移抓乙业。\n三是坚定不移抓丙业。\n各位代表：",
            "坚定不移抓甲业|坚定不移抓乙业|坚定不移抓丙业",
        ),
        (
            "必须做到“两个聚焦”：\n聚焦开放，建设甲港。\n落实方案。\n聚焦生态，厚植底色。\n保护山水。",
            "聚焦开放|聚焦生态",
        ),
        (
            "健全“三大保障”，改善条件。完善生活保障，办事。强化设施保障，投入。健全体制保障，改革。",
            "生活保障|设施保障|体制保障",
        ),
        (
            "展开“三网”行动。织密甲江网，开工建设。织密乙物流网，扶持发展。织密丙湖网，投用项目。",
            "甲江网|乙物流网|丙湖网",
        ),
        (
            "办好“三件实事”：（1）新建甲乡、丙乡、丁乡三地寄宿制学校和乡村教学点以及配套食堂宿舍共2所，改建乙院1所。（2）改造丙路3公里；新增泊位40个。（3）修缮丁桥。各项工作有序推进。",
            "新建甲乡、丙乡、丁乡三地寄宿制学校和乡村教学点以及配套食堂宿舍共2所，改建乙院1所|改造丙路3公里；新增泊位40个|修缮丁桥",
        ),
        ("办好“三位”实事。解决“岗位”问题，就业。解决“学位”问题，入学。解决“床位”问题，养老。", "岗位|学位|床位"),
    ],
)
def test_lists_that_stand_apart(parse_text: Parse, body: str, members: str) -> None:
    """A list in other clauses is an expansion if each item has what is counted in it, or a figure of its own."""
    assert members_of(parse_text, body) == members.split("|")


@pytest.mark.parametrize(
    "body",
    [
        "抓好“四稳”。全力稳就业，强化帮扶。全力稳企业，优化服务。全力稳市场。",  # one too few
        "展开“三网”行动。织密甲江网，开工建设。织密乙物流网，扶持发展。投用丙湖网管线。",  # one goes on otherwise
        "打造“两大集群”。打造甲业集群。打造乙业集群。打造丙业集群。",  # one too many
        "坚持“三农”重中之重，让农业更强、农民更富、农村更美。",  # how they are, not what they are
        "甲势力制造障碍，这不能不引起中国人民和中国政府的关注。我们反对“两个中国”。",  # a word in common by chance
        "实施“双一流”建设，推进世界一流学科20个、国内一流学科40个。",  # how many there are of each
        "实施“双百工程”，培育100家甲企业、100个乙模型、100个丙项目。",  # one too many
        "甲节、乙赛等活动带动游客和消费“双提升”。",  # a subject of its own
        "奋力推进强省建设。深化文化“两创”。",  # a verb and one word
        "推动网络建设，实现投资10亿元、产值20亿元、税收5亿元，完成“双过半”。",  # one too many
        "甲业和乙业占比分别达到98%、70%，“双减”落实。",  # a figure that says nothing of what it is of
    ],
)
def test_what_stands_apart_for_other_reasons(parse_text: Parse, body: str) -> None:
    """Clauses that merely share a word with a slogan, or are not as many, are no expansion."""
    assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []


def test_a_list_explains_one_use(parse_text: Parse) -> None:
    """A list that stands beside two uses of a name is the expansion of the first."""
    body = "国有“三资”改革成效显现，盘活国有资源、资产、资金的价值，全年盘活“三资”10亿元。"
    assert [bool(slogan.inline) for slogan in parse_text(BEFORE + body).slogans] == [True, False]


@pytest.mark.parametrize(
    ("body", "name", "members"),
    [
        ("促进电力、算力双网融合。", "双网融合", "电力|算力"),
        ("牢牢守好发展和生态两条底线，抓好落实。", "两条底线", "发展|生态"),
        ("安全事故起数和死亡人数双下降。", "双下降", "安全事故起数|死亡人数"),
        ("实施清洁降碳、安全可靠、智能运行三大专项行动。", "三大专项行动", "清洁降碳|安全可靠|智能运行"),
        ("面临需求收缩、供给冲击、预期转弱三重压力。", "三重压力", "需求收缩|供给冲击|预期转弱"),
        ("实施企业找技术、成果找市场“双向揭榜”。", "双向揭榜", "企业找技术|成果找市场"),  # what its word for both is of
        ("推动民营企业与产投基金“双向互动”。", None, ""),  # the two sides of it
        ("实施甲总量和乙强度双控制度。", "双控", "甲总量|乙强度"),  # two sides that are kept within bounds
        ("新增甲县、乙县两个县。", None, ""),  # how many there are
        ("实施城市六大提升行动。实施甲提升行动，办事。实施乙提升行动。", None, ""),  # not as many
        (
            "实施城市三大提升行动。实施甲网提升行动，办事。实施乙网提升行动。实施丙网提升行动。",
            "三大提升行动",
            "甲网提升行动|乙网提升行动|丙网提升行动",
        ),
        ("抓好稳甲、防乙、保丙三项基本任务，发展。", "三项基本任务", "稳甲|防乙|保丙"),
        ("一贯坚持在互不侵犯、平等互利、和平共处三项原则的基础上交往。", "三项原则", "互不侵犯|平等互利|和平共处"),
        ("坚持“让利与民、阳光征收、做好工作”三项原则。", "三项原则", "让利与民|阳光征收|做好工作"),
        ("推广担保平台、评估平台和信用小组三位一体运作方式。", "三位一体", "担保平台|评估平台|信用小组"),
        ("（二）三大攻坚战取得成果。始终把甲险、乙贫、丙染防治作为重中之重。", "三大攻坚战", "甲险|乙贫|丙染防治"),
        ("（二）三大攻坚战取得成果。始终把甲险、乙贫作为重中之重。", None, ""),  # not as many
    ],
)
def test_numerals_without_quotation_marks(parse_text: Parse, body: str, name: str | None, members: str) -> None:
    """A numeral that says several things as one needs no quotation marks where its list stands beside it."""
    found = [slogan for slogan in parse_text(BEFORE + body).slogans if slogan.inline]
    assert [slogan.text for slogan in found] == ([name] if name else [])
    assert [member.text for slogan in found if slogan.inline for member in slogan.inline.members] == members.split(
        "|"
    ) * bool(name)


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("扎实开展清理障碍、激发活力、破解难题等“三大行动”。", "清理障碍|激发活力|破解难题"),  # an adverb and a verb
        ("针对用地、用能、用工“三个难题”。", "用地|用能|用工"),  # a preposition
        ("用好农业科技、农村改革“两大动力”。", "农业科技|农村改革"),  # a verb with its result
        ("深化农村生产、供销、信用“三位一体”改革。", "生产|供销|信用"),  # a verb and whose the things are
        ("我们将聚力实施产业升级、内需扩大、民生改善“三大工程”。", "产业升级|内需扩大|民生改善"),  # a subject
        ("事故起数、死亡人数、受伤人数连续9年“三下降”。", "事故起数|死亡人数|受伤人数"),  # for how long
        ("全省甲事故数、死亡人数“双下降”。", "甲事故数|死亡人数"),  # the whole place
        ("生产总值、财政收入比2020年实现“双翻番”。", "生产总值|财政收入"),  # compared with what
        ("每月新签约、新开工、新投产亿元以上项目数量实现“三个过十”。", "新签约|新开工|新投产"),  # how big
        ("深化运用主动想、扎实干、看效果抓工作“三部曲”。", "主动想|扎实干|看效果"),  # what it is for
        ("创新平台共建、产业生态合作、公共服务分享“三个协同”。", "创新平台共建|产业生态合作|公共服务分享"),  # its own
        (
            "实施小企业成长、好企业培育、新成果转化提升“三大工程”。",
            "小企业成长|好企业培育|新成果转化提升",
        ),  # as the others
        ("“两保”，就是甲指标必保高线，乙指标必保底线；“三翻”，就是甲、乙、丙翻番。", "甲指标必保高线|乙指标必保底线"),
    ],
)
def test_edges(parse_text: Parse, body: str, members: str) -> None:
    """Members have neither the words that govern the list nor what is said of the whole list behind it."""
    assert members_of(parse_text, body) == members.split("|")


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("实现“三通”（通邮、通商、通航）。", "通邮|通商|通航"),
        ("压减“三公”经费（因公出国（境）费用、公务接待费、公务用车费）。", "因公出国（境）费用|公务接待费|公务用车费"),
        ("落实“两新”政策（大规模设备更新和消费品以旧换新）。", "大规模设备更新|消费品以旧换新"),
        ("落实“五定”，即定人、定岗、定责、定时、定标。", "定人|定岗|定责|定时|定标"),
        ("抓好“三大工程”，就是绿色工程、蓝色工程和红色工程。", "绿色工程|蓝色工程|红色工程"),
        ("推进“三保”，包括保民生、保工资和保运转。", "保民生|保工资|保运转"),
        ("兜牢“三保”底线，保民生、保工资、保运转支出25.3亿元。", "保民生|保工资|保运转"),  # a sum behind it
        ("做到“三个坚持”——坚持改革、坚持开放、坚持创新。", "坚持改革|坚持开放|坚持创新"),
        ("开展“两清两改”，清理垃圾、清理残墙，推进改厕、改圈，村容改观。", "清理垃圾|清理残墙|改厕|改圈"),
        ("列出“三张清单”：一是权力清单，二是责任清单，三是负面清单。", "权力清单|责任清单|负面清单"),  # numbered
        ("抓好“两件大事”。一是稳增长。完成投资100亿元。二是惠民生，新增就业1万人。", "稳增长|惠民生"),
        ("推行“双随机、一公开”，随机抽取对象和人员、及时公开结果。", "随机抽取对象和人员|及时公开结果"),
        ("推进“两业融合”，围绕先进制造业、现代服务业融合，培育平台。", "先进制造业|现代服务业"),  # what it says of both
        ("强化“三个保障”（组织保障、资金保障、用地保障）。", "组织保障|资金保障|用地保障"),
        ("坚持“两个不放过”（原因未查清不放过、责任未落实不放过）。", "原因未查清不放过|责任未落实不放过"),
        (
            "开展“三个一”活动，每月开展一次走访，每季谋划一个项目，每年办好一批实事。",
            "每月开展一次走访|每季谋划一个项目|每年办好一批实事",
        ),
        ("推进“两个十”工程，重点发展10大产业、打造10个片区。", "10大产业|10个片区"),
        ("实施“双百”计划，即引进100名博士、培养100名工匠。", "100名博士|100名工匠"),
        ("深化“三变”改革——资源变资产、资金变股金、农民变股东——走在前列。", "资源变资产|资金变股金|农民变股东"),
        ("推进“三大改革”，包括国企改革、财税改革和医药卫生体制改革。", "国企改革|财税改革|医药卫生体制改革"),
        ("落实“三稳”“三保”任务，稳甲业、稳乙业、稳丙业。", "稳甲业|稳乙业|稳丙业"),  # behind another name
        ("实行“三通一平”：通水、通电、通路，平整土地。", "通水|通电|通路|平整土地"),
        ("构建“一核两翼”格局（一核即主城区，两翼即东区、西区）。", "主城区|东区|西区"),  # part by part
        ("构建“一核两翼”格局，“一核”即主城区，“两翼”为东区和西区。", "主城区|东区|西区"),
    ],
)
def test_expansion_behind(parse_text: Parse, body: str, members: str) -> None:
    """A list behind a slogan is its expansion if the text says so, or if each item carries what is counted."""
    assert members_of(parse_text, body) == members.split("|")


def test_open_bracket(parse_text: Parse) -> None:
    """A bracket that does not close explains nothing."""
    assert not any(slogan.inline for slogan in parse_text(BEFORE + "实现“三通”（通邮、通商、通航。").slogans)


@pytest.mark.parametrize(
    "body",
    [
        "争取和用好“两新”政策。",  # verbs
        "推动甲大学、乙大学“双一流”建设。",  # whose undertaking it is
        "推动西山、东山“平急两用”设施建设。",  # the numeral counts something else
        "推进甲地、乙地等“双枢纽”建设。",  # examples
        "加强流域水污染防治、大气污染防治和工业“三废”治理。",  # the last item holds the slogan
        "强化甲银行、乙银行和丙银行为“三农”服务的功能。",  # the slogan depends on 为
        "两岸全面、直接、双向“三通”。",  # how, not what
        "支持甲县、乙县、丙县开展“三大行动”。",  # a verb stands between
        "深入推进资金统筹、预算改革、基层“三保”、债务管理等领域改革。",  # the slogan is an item of the list itself
        "追随者及其同伙所谓“两个中心”。",  # 其 points back
        "用好“两新”政策，以新需求引领新供给，以新供给创造新需求。",  # the sign stands somewhere in the clauses
        "坚持马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想。",  # one item among others
        "提高低保标准、特困标准、残疾人“三项补贴”标准。",  # the last one owns the slogan
        "坚定“四个自信”、做到“两个维护”。",  # a verb and a name each
        "深化中职学校培优工程和高职学校“双高计划”。",  # two undertakings, each with its owner
        "落实“双减”政策，减轻作业负担、减轻培训负担。",  # two clauses that begin alike by chance
        "推动甲股、乙股企业“双上市”。",  # the verb makes both as long
        "推动职业学校办学基础设施和师资“双达标”。",  # where the first item begins is in doubt
        "解决好“三农”问题，采取以下措施：一要增投入，二要强科技，三要促改革。",  # measures, not what is counted
        "推动甲医、乙医、丙医，甲教、乙教、丙教“双三联动”。",  # two times three
        "统筹“一核”“两带”“三个示范”“三大行动”。",  # names beside it
        "做到“三个到位”：一是认识到位，二是措施到位。",  # one too few
        "办好“三件实事”：（1）新建甲学校2所。（2）改造丙路3公里。（3）修缮丁桥。（4）疏浚戊河。",  # one too many
        "打造“三个高地”，统筹高质量建设、高水平服务、高品质生活。",  # of other things, in words of the same sign
        "保交楼、保民生、保稳定、保就业，落实“三保”要求。",  # one too many
    ],
)
def test_lists_nearby(parse_text: Parse, body: str) -> None:
    """A list that stands near a slogan as its subject, object or owner is no expansion."""
    assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []


@pytest.mark.parametrize(
    "body",
    [
        "整治山边、水边“三边”地带。",  # one too few
        "整治山边、水边、路边、河边“三边”地带。",  # one too many
        "改造道路、桥梁、管网。推进“三边”整治。",  # in another sentence
        "改造道路、桥梁、管网，推进“三边”整治。",  # in another clause, of other things
        "坚持和落实“两个维护”。",  # verbs that govern the slogan
        "兜牢“三保”底线，推进改革、扩大开放、改善民生。",  # behind a comma, of other things
        "发展研发、设计、检测“林长制”服务。",  # nothing is counted
        "落实规划、用地、资金“3+N”政策。",  # an open number
        "处分那些重犯行贿、偷工减料、漏税、造假等所谓“四毒”行为的人。",  # who did it is no part of it
        "“三边”",
        "培育以甲公司、乙公司为代表的“两化”融合企业。",  # examples
        "加强全面从严治党（“全从严”）建设。",  # two of its signs stand in one word
        "推动恒达石化（PTA）项目投产。",  # a firm, and what it makes
        "完成4个县市儿童监护病房（PICU）建设。",  # where its name begins is not to be seen
        "推进AI for Science（智能驱动科研创新）发展。",  # a name of several words
        "人民生命安全摆在首位，推行疫情防控“八字诀”，分区分级。",  # two clauses have as many characters by chance
    ],
)
def test_no_expansion(parse_text: Parse, body: str) -> None:
    """An enumeration that gives another number, or merely stands near, is no expansion."""
    assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []


@pytest.mark.parametrize(
    ("body", "text", "members"),
    [
        ("提升ESG（环境、社会和公司治理）水平。", "ESG", "环境|社会|公司治理"),
        ("设立金融资产投资公司（AIC）基金。", "AIC", "金融资产投资公司"),
        ("设立“产业投资基金”（CIF）。", "CIF", "产业投资基金"),  # what is quoted before it
        ("加强环境、社会和公司治理（ESG）管理。", "ESG", "环境|社会|公司治理"),
        ("推广BIM(建筑信息模型)技术。", "BIM", "建筑信息模型"),  # half-width brackets
        ("推广股权基金、政府和企业合作（PPP）。", "PPP", "政府和企业合作"),  # letters that are alike stand for no list
        ("承办第15届大江论坛（GTI）。", "GTI", "大江论坛"),
        ("被定为全国县级唯一生态产品总值（GEP）核算试点。", "GEP", "生态产品总值"),
        ("把智能化改造数字化转型（“智改数转”）作为抓手。", "智改数转", "智能化改造数字化转型"),  # made of its signs
    ],
)
def test_parentheses(parse_text: Parse, body: str, text: str, members: str) -> None:
    """An abbreviation is explained by its parenthesis, or by the name before it."""
    slogan = next(slogan for slogan in parse_text(BEFORE + body).slogans if slogan.inline)
    assert slogan.inline
    assert (slogan.text, slogan.kind) == (text, "quoted")
    assert [member.text for member in slogan.inline.members] == members.split("|")


def test_spans(parse_text: Parse) -> None:
    """The span of an expansion reaches from its first member to its last."""
    parsed = parse_text(BEFORE + "整治山边、水边、路边“三边”地带。")
    [slogan] = parsed.slogans
    assert slogan.inline
    assert parsed.report.text[slogan.inline.start : slogan.inline.end] == "山边、水边、路边"
    assert all(parsed.report.text[m.start : m.end] == m.text for m in slogan.inline.members)


def test_whole_quotations(parse_text: Parse) -> None:
    """An expansion that is a row of quotations has both marks of the first and of the last."""
    body = BEFORE + "实施“山林道”“水乡路”“田园居”“三大行动”。"
    found = next(slogan.inline for slogan in parse_text(body).slogans if slogan.text == "三大行动")
    assert found is not None
    assert body[found.start : found.end] == "“山林道”“水乡路”“田园居”"


def test_far_expansions(parse_text: Parse) -> None:
    """An enumeration does not reach over more than some hundred characters."""
    for body in ("甲" * 400 + "、乙、丙“三边”地带。", "“三合一”推进甲边、乙边、" + "丙" * 400 + "。"):
        assert [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline] == []


def test_initials_of_more_than_a_name(parse_text: Parse) -> None:
    """Letters are not explained by a list whose first item holds more than its name, nor by one of long names."""
    of_long_names = "全市有大炼化、重工造船修船基地、液化天然气接收终端（LNG）。"
    of_more = [lead + "环境、社会和治理能力（ESG）。" for lead in ("推动涉外企业", "提升")]
    for body in (of_long_names, *of_more):
        slogans = parse_text(BEFORE + body).slogans
        assert not any(slogan.inline for slogan in slogans)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("围绕“甲源、乙源、丙务”三大要素，抓好落实。", "三大要素"),
        ("做好“强甲”“兴乙”“融丙”三篇文章。", "三篇文章"),
        ("坚持“重构甲、重塑乙和提升丙”三措并举。", "三措并举"),
        ("贯彻“巩固、增强、提升”六字方针。", "六字方针"),  # as many characters
        ("贯彻“巩固、增强、提升”八字方针。", None),
        ("围绕“甲源、乙源”三大要素，抓好落实。", None),  # not as many
        ("围绕“甲源、乙源、丙务”三大要素会商办法建设工作。", None),  # where the name ends is not known
    ],
)
def test_an_unquoted_numeral_that_sums_up_quotations(parse_text: Parse, body: str, name: str | None) -> None:
    """A numeral without quotation marks is a slogan where it counts the quotations right before it."""
    found = [slogan.text for slogan in parse_text(f"{BEFORE}{body}").slogans if slogan.inline]
    assert found == ([name] if name else [])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("“东出”，就是向东面扩大开放；“西联”，就是加强与西面的合作。", ["向东面扩大开放", "加强与西面的合作"]),
        ("“东出”，就是向东面扩大开放。今年抓好落实。", []),  # by itself it may only praise
        (
            "“一园”，即抓好城北植物园建设，确保年内开放。“一网”，即抓好城区路网建设，缓解拥堵。",
            ["抓好城北植物园建设", "抓好城区路网建设"],
        ),
        ("“东出”，就是要向东面扩大开放；“西联”，就是要加强与西面的合作。", []),  # tasks
    ],
)
def test_what_is_said_of_names_in_turn(parse_text: Parse, body: str, said: list[str]) -> None:
    """Sentences beside each other that say what quoted names are explain them."""
    found = [slogan.inline for slogan in parse_text(BEFORE + body).slogans if slogan.inline]
    assert [member.text for inline in found for member in inline.members] == said
