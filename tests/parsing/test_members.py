from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glossary_api.model.things import Passage
from glossary_api.parsing.members import Members, members_of
from glossary_api.parsing.numerals import counts_in
from glossary_api.text.folding import plain

GOLD = Path(__file__).parent.parent / "gold"
SEPARATORS = "、；，和与及"


def read(name: str, definition: str) -> Members:
    """The members of a definition that is a whole text."""
    return members_of(definition, plain(definition), name, Passage(definition, 0, len(definition)))


PASSES = [
    # plain: one numeral, one list
    ("三名工程", "名师、名校、名校长", "名师|名校|名校长"),
    ("“三张清单”", "诉求清单；政策清单；办结清单", "诉求清单|政策清单|办结清单"),  # semicolons are the stronger sign
    ("三清", "清理欠账、欠款和欠薪", "欠账|欠款|欠薪"),  # the verb governs all, 和 parts the last two
    ("双碳", "碳达峰和碳中和", "碳达峰|碳中和"),  # 和 inside 碳中和 is at the end of a word
    ("三保", "保障基本民生、工资、运转等支出", "基本民生|工资|运转"),  # 等支出 belongs to no member
    ("六网", "航空网、铁路网、公路网、水网、能源网、物联网六张网", "航空网|铁路网|公路网|水网|能源网|物联网"),  # tally
    ("五社", "以社区为平台、社工为支撑、社会组织为载体、志愿者为辅助、慈善为补充", "社区|社工|社会组织|志愿者|慈善"),
    ("三项行动", "以旧换新、以工代赈、以文促旅", "以旧换新|以工代赈|以文促旅"),  # here 以 belongs to each
    ("“两新”", "“两新”是指设备更新和以旧换新", "设备更新|以旧换新"),  # the definition names its term again
    ("两书", "《规划纲要》《实施方案》", "《规划纲要》|《实施方案》"),  # titles need no sign between them
    ("三合一", "审批+监管+服务", "审批|监管|服务"),
    ("两区", "上城区（含老城）、下城区", "上城区（含老城）|下城区"),  # brackets are no border
    # clause-wise
    ("四个不减", "力度不减，投入不减，政策不减，频次不减", "力度不减|投入不减|政策不减|频次不减"),
    ("两项改革", "推进放权，加强监管。推进减税，减轻负担", "推进放权，加强监管|推进减税，减轻负担"),
    # shared nouns
    ("六化", "网格化、专业化、数字化监管，全员化、实体化、手册化", "网格化|专业化|数字化监管|全员化|实体化|手册化"),
    # compound
    ("三官两师一员", "法官、检察官、警官、律师、规划师、调解员", "法官|检察官|警官|律师|规划师|调解员"),
    ("三官两师", "“三官”是指法官、检察官、警官；“两师”是指律师、规划师", "法官|检察官|警官|律师|规划师"),
    ("一稳三新", "“一稳”就是指稳订单；“三新”就是指新市场、新业态、新主体", "稳订单|新市场|新业态|新主体"),
    ("三库一码", "人口库、法人库、空间库和统一码", "人口库|法人库|空间库|统一码"),  # 和 parts the two groups
    ("一滩四湾", "金沙滩和月亮湾、渔歌湾、望海湾、珍珠湾", "金沙滩|月亮湾|渔歌湾|望海湾|珍珠湾"),
    ("一核两翼", "以老城为核，东部新城、西部新城为两翼", "老城|东部新城|西部新城"),
    ("两不愁三保障", "不愁吃、不愁穿，教育、医疗、住房有保障", "不愁吃|不愁穿|教育|医疗|住房有保障"),
    ("两所共建、双心融合", "“两所”即派出所、司法所，“双心”即综治中心、法律中心", "派出所|司法所|综治中心|法律中心"),
    ("三重三创", "“三重”即重甲、重乙、重丙；“三创”即创新，创甲市、乙市，创丙", "重甲|重乙|重丙|创新|创甲市、乙市|创丙"),
    ("三升两降", "破案率、查处数、抓获人数明显上升；盗窃、诈骗案件大幅下降", "破案率|查处数|抓获人数|盗窃|诈骗案件"),
    # edges: no more and no less than the name of each thing
    ("3+2", "按照要求，发展蔬菜、花卉、林果3个特色产业，培育茶叶、咖啡2个加工集群，促进绿色发展", "蔬菜|花卉|林果|茶叶|咖啡"),
    ("三水共治", "水资源、水环境、水生态修复一体推进", "水资源|水环境|水生态修复"),
    ("“双优”计划", "优秀学校建设和优秀专业建设计划", "优秀学校建设|优秀专业建设"),
    ("一城一带四板块", "一城即红石城；一带即东河发展带；四大板块即东片、西片、南片和北片", "红石城|东河发展带|东片|西片|南片|北片"),
    ("三转", "散户转型为个体户、个体户升级为公司、小公司转变为大公司", "散户转型为个体户|个体户升级为公司|小公司转变为大公司"),
    ("三化三防", "防守如城、化危为机，以防万一、化繁为简，防微杜渐、化整为零", "防守如城、化危为机|以防万一、化繁为简|防微杜渐、化整为零"),
    ("三个率先", "率先推进产业协作，率先推进规则衔接，率先推进环境共保共治", "率先推进产业协作|率先推进规则衔接|率先推进环境共保共治"),
    ("两新一重", "新型设施建设、新型城镇建设，道路、堤坝等重大工程建设", "新型设施建设|新型城镇建设|道路、堤坝等重大工程建设"),
    ("三大园区", "东山产业开发区、青禾新区、云河数字技术产业园", "东山产业开发区|青禾新区|云河数字技术产业园"),
    ("三项整治", "违章建筑整治、河道污染治理、和林区生态修复", "违章建筑整治|河道污染治理|林区生态修复"),
    ("四对关系", "会议指出必须统筹好政府和市场、总量和结构、增量和存量、城镇和乡村这四对关系", "政府和市场|总量和结构|增量和存量|城镇和乡村"),
    ("三变", "农户以土地入股，从而实现荒山变果园、河滩变公园、民房变客房", "荒山变果园|河滩变公园|民房变客房"),
    ("一圈两带", "“一圈”，即青禾都市圈，“两带”，即滨河经济带和环山旅游带", "青禾都市圈|滨河经济带|环山旅游带"),
    ("2+3", "围绕粮油、生猪2大主导产业，蔬菜、水果、蚕桑3大特色产业建设园区", "粮油|生猪|蔬菜|水果|蚕桑"),
    ("3+2", "建设东门、西门、南门等3个商圈，打造老街、新街等2个街区", "东门|西门|南门|老街|新街"),
    ("2个国铁、3个城际项目", "2个国铁项目指甲乙高铁、丙丁铁路，3个城际项目指东线、西线、北延线", "甲乙高铁|丙丁铁路|东线|西线|北延线"),
    ("双随机、一公开", "随机抽取对象，随机选派人员，结果及时向社会公布公开", "随机抽取对象|随机选派人员|结果及时向社会公布公开"),
    ("两到位一处理", "信访工作的要求，即合理的解决问题到位，困难的帮扶救助到位，违法的依法处理", "合理的解决问题到位|困难的帮扶救助到位|违法的依法处理"),
    ("三个一", "每一项任务有一名领导主抓、一套实施方案、一个评估机制", "一名领导主抓|一套实施方案|一个评估机制"),
    ("三敢", "让干部敢为、企业敢干、群众敢创", "干部敢为|企业敢干|群众敢创"),
    ("三大河", "流经我县的青沙江、岷水、沱水3条河流", "青沙江|岷水|沱水"),
    ("三确保、两提升", "以确保粮食安全、确保能源安全、确保饮水安全为底线，以提升产业水平、提升治理水平为重点", "确保粮食安全|确保能源安全|确保饮水安全|提升产业水平|提升治理水平"),
    ("1+3", "“1”，即《行动方案》；“3”，即“办事快”行动方案、“法治好”行动方案、“成本低”行动方案", "《行动方案》|“办事快”行动方案|“法治好”行动方案|“成本低”行动方案"),
    ("三权分置", "县里颁布意见，将承包经营权划分为承包权和经营权，实行所有权、承包权、经营权分置并行", "所有权|承包权|经营权"),
    ("三分法", "青禾首创的做法。“三分”指小事即调、难事分调、大案联调", "小事即调|难事分调|大案联调"),
    ("三资", "集体所有的货币资金、资产和资源", "货币资金|资产|资源"),
    ("三好", "规划好 、建设好 、经营好 。", "规划好|建设好|经营好"),
    ("四员", "宣传员、联络员、战斗员和服务员", "宣传员|联络员|战斗员|服务员"),
    ("三个十", "把握好快与慢的关系，坚持长短结合；把握好稳与进的关系，坚持稳中求进；把握好内与外的关系，坚持内外并举", "把握好快与慢的关系，坚持长短结合|把握好稳与进的关系，坚持稳中求进|把握好内与外的关系，坚持内外并举"),
    ("三促", "促消费扩容、促产业升级、促科产融合", "促消费扩容|促产业升级|促科产融合"),
    ("三比三看", "比谋划、看特色，比能力、看项目，比作风、看变化", "比谋划|看特色|比能力|看项目|比作风|看变化"),
    # narrowed to what names the things
    ("清三乱", "对围垦河道等“乱占”问题；采砂等“乱采”问题；倾倒等“乱堆”问题进行清理", "乱占|乱采|乱堆"),
    ("两个不摘", "县长要稳定，做到摘帽不摘责任；队伍不撤，做到摘帽不摘帮扶", "摘帽不摘责任|摘帽不摘帮扶"),
    ("三风", "形式主义，主要是图虚名。官僚主义，主要是推诿。享乐主义，主要是贪图安逸", "形式主义|官僚主义|享乐主义"),
    ("三联", "警种联动、警保联控、警民联防，统筹内外资源，推动共治共享", "警种联动|警保联控|警民联防"),  # each holds it
    ("四好农村路", "进一步把农村公路建好、管好、护好、运营好", "建好|管好|护好|运营好"),
    ("三稳", "稳就业、稳金融、稳预期工作", "稳就业|稳金融|稳预期"),  # 工作 is said of all
    ("三个减量替代", "从产能、煤炭、碳排放三个方面进行减量替代", "产能|煤炭|碳排放"),
    # digit by digit
    ("“132”体系", "1个中心，即甲区；3个产业，即乙业、丙业、丁业；2个园，即戊园和己园", "甲区|乙业|丙业|丁业|戊园|己园"),
    ("“1523”计划", "甲企业1家，乙企业5家，丙企业20家，丁企业30家", "甲企业1家|乙企业5家|丙企业20家|丁企业30家"),
    ("“135”工作体系", "1个中心、3个平台、5项机制", "1个中心|3个平台|5项机制"),  # the numbers are stated, not listed
    ("“0620”产业体系", "6个集群、20条产业链", "6个集群|20条产业链"),
    ("“123”工程", "1个中心：总部；2个平台：甲台、乙台；3项机制：会商、联动、督办", "总部|甲台|乙台|会商|联动|督办"),
    # plus forms
    ("“2+3”产业体系", "电子、装备两大主导产业，能源、材料、医药三大新兴产业", "电子|装备|能源|材料|医药"),
    ("2+3园区", "东山、西山产业园和南河、北河、中河工业园", "东山|西山产业园|南河|北河|中河工业园"),
    ("1+22+3", "以安委会为统领，22个专委会和消安委、减灾委、防汛办为骨架", "安委会|22个专委会|消安委|减灾委|防汛办"),
    ("1+N", "“1”即总体方案；“N”即甲方案、乙方案、丙方案", "总体方案|甲方案|乙方案|丙方案"),
    ("2+N体系", "“2”即组织，包括支委会、村委会；“N”即若干个社会组织，包括理事会等", "支委会|村委会|若干个社会组织"),
    ("3+18+N", "“3”是指甲、乙、丙；“18”是指丁等18个链；“N”是指每县有1-2个产业", "甲|乙|丙|丁等18个链|每县有1-2个产业"),
    ("1+3+N", "1个中心、3个分中心、N个服务点", "1个中心|3个分中心|N个服务点"),
    ("3+N", "土地、资金、人才三项政策和若干配套政策", "土地|资金|人才|若干配套政策"),
    # shared multiplier
    ("五百行动", "百企升级、百亿投资、百项改革、百村示范、百校提升", "百企升级|百亿投资|百项改革|百村示范|百校提升"),
    ("“三个百万”", "百万读书、百万健身、百万就业", "百万读书|百万健身|百万就业"),
    # edges: what stands before, behind and around the list belongs to no member
    ("五小共治", "小广场、小菜园、小市集、小食堂、小车场由居民共同治理", "小广场|小菜园|小市集|小食堂|小车场"),
    ("三医联动", "医保、医疗、医药联动改革", "医保|医疗|医药"),
    ("三链融合", "创新链、产业链、人才链深度融合", "创新链|产业链|人才链"),  # 链 of 人才链 is no tail
    ("三张网", "交通网、水网、信息网建设", "交通网|水网|信息网"),  # what is counted ends the last one too
    ("三网融合", "甲铁路、乙铁路和城市轨道一体规划、融合发展", "甲铁路|乙铁路|城市轨道"),
    ("三统一", "统一市场规则、统一政府行为尺度、统一监管执法", "统一市场规则|统一政府行为尺度|统一监管执法"),  # 行为
    ("三项工程", "主要包括就业增收、教育提升、健康惠民等三项工程", "就业增收|教育提升|健康惠民"),
    ("三线一单", "生态红线、环境底线、资源利用上线和准入清单", "生态红线|环境底线|资源利用上线|准入清单"),
    ("四好路", "把农村公路建好、管好、护好、运营好", "建好|管好|护好|运营好"),
    ("四免", "景区对居民免门票、免停车费、免讲解费、免存包费", "免门票|免停车费|免讲解费|免存包费"),
    ("三项攻坚", "（1）项目攻坚；（2）招商攻坚；（3）整治攻坚", "项目攻坚|招商攻坚|整治攻坚"),
    ("四个振兴", "产业振兴、人才振兴、文化和组织振兴", "产业振兴|人才振兴|文化|组织振兴"),  # 文化 leaves 振兴 out
    ("三项任务", "推进改革，保障粮食和能源供应，建设宜居宜业的城市", "推进改革|保障粮食和能源供应|建设宜居宜业的城市"),
    ("六步法", "听、辨、劝、借、让、和六步调解", "听|辨|劝|借|让|和"),
    ("“三区”人才计划", "边远地区、边疆地区和老区人才计划", "边远地区|边疆地区|老区"),  # the name says 人才计划 itself
    ("三个统筹", "统筹生产和生态、统筹城市和乡村、统筹改革和法治", "统筹生产和生态|统筹城市和乡村|统筹改革和法治"),
    ("三大产业", "重点发展装备、食品和能源三大产业，到2027年产值翻番", "装备|食品|能源"),
    ("1+4+N", "以1个意见为统领，4个方案为支撑，N个细则为补充的体系", "1个意见|4个方案|N个细则"),
    ("四张清单一张网", "权力清单、负面清单、责任清单、资金清单和服务网", "权力清单|负面清单|责任清单|资金清单|服务网"),
    ("三大专项", "会议明确，全力推进新能源、新材料、生物医药等3个专项", "新能源|新材料|生物医药"),  # adverb and verb
    ("三条链", "针对造纸、制鞋、陶瓷三条产业链", "造纸|制鞋|陶瓷"),
    ("三项措施", "某局出台的建立会商、开展督办、全面落实通报等三项措施", "建立会商|开展督办|全面落实通报"),
    ("三项举措", "共提出三项举措，即“优化窗口”、“畅通渠道”和“加强回访”", "“优化窗口”|“畅通渠道”|“加强回访”"),
    ("三级工", "由学徒工、技师、首席技师构成", "学徒工|技师|首席技师"),
    ("双优计划", "旨在建设一批高水平学校和高水平专业", "高水平学校|高水平专业"),
    ("三湖", "镜湖、月湖、东湖“三湖”湿地", "镜湖|月湖|东湖"),  # the name closes its own list
    ("两个枢纽", "航运枢纽和面向东亚、南亚的航空枢纽", "航运枢纽|面向东亚、南亚的航空枢纽"),
    ("“232”工程", "第一个“2”指路、水，“3”指学、医、养，第二个“2”指电、气", "路|水|学|医|养|电|气"),
    ("1+N中心", "“1”指省级中心，发挥支撑作用，“N”指若干市级中心", "省级中心|若干市级中心"),
    ("两区三园", "“两区”——甲新区、乙新区；“三园”——甲园、乙园、丙园", "甲新区|乙新区|甲园|乙园|丙园"),
    ("三大秩序", "城区开展的施工秩序、交通秩序、市民行为秩序", "施工秩序|交通秩序|市民行为秩序"),  # no cut in 行为
    ("三城同创", "甲市创建国家文明城市、国家卫生城市、国家园林城市", "国家文明城市|国家卫生城市|国家园林城市"),
    ("三公经费", "政府部门人员在出国经费、用车费、接待费产生的消费", "出国经费|用车费|接待费"),
    ("两法衔接", "行政执法与刑事司法相衔接", "行政执法|刑事司法"),
    ("三个一", "每个县（市）对接一家企业、引进一个团队、培育一家公司", "对接一家企业|引进一个团队|培育一家公司"),
    ("新四馆", "经过改造的博物馆、图书馆、群艺馆、美术馆正式向公众开放", "博物馆|图书馆|群艺馆|美术馆"),
    ("三项制度", "通用的就业制度、通用的医保制度、通用的养老制度", "通用的就业制度|通用的医保制度|通用的养老制度"),
    ("两化融合", "信息化和工业化的深度结合，走新路。两化融合的核心是支撑，追求可持续", "信息化|工业化"),
    ("三个城市", "推进产业跨越、文化跨越、民生跨越，建设经济强市、文化城市和幸福城市", "经济强市|文化城市|幸福城市"),
    ("两个两张网", "设施两张网是指供水和供电，服务两张网是指教育和卫生", "供水|供电|教育|卫生"),
    ("3个“1+X”", "社区“1+X”平台、“1+X”网络、“1+X”队伍。“1”指甲，“X”指乙", "“1+X”平台|“1+X”网络|“1+X”队伍"),
    ("一品牌两中心", "打造区域公用品牌，建设农产品精深加工中心和物流中心", "区域公用品牌|农产品精深加工中心|物流中心"),
    ("三项工程", "推进骨干企业工程、加速企业壮大工程和实施企业实绩工程", "骨干企业工程|加速企业壮大工程|企业实绩工程"),
    ("三个一样、一个机制", "一样的水、一样的电、一样的路，聘用制", "一样的水|一样的电|一样的路|聘用制"),
    ("4+N", "“4”指甲产业、乙和丙产业、丁产业和戊产业；“N”指每县一业", "甲产业|乙和丙产业|丁产业|戊产业|每县一业"),
    ("三个一", "打造一个甲风貌，一组公园、湿地的体系，一条大道", "一个甲风貌|一组公园、湿地的体系|一条大道"),
    ("四治", "部署开展违规收费、拖欠账款、侵害企业和个人以及乱检查“四治”", "违规收费|拖欠账款|侵害企业和个人|乱检查"),
    ("8件实事", "加大甲乙，提高丙，提升丁，为戊检查，做好己，开展庚，推进辛，丰富壬",
     "加大甲乙|提高丙|提升丁|为戊检查|做好己|开展庚|推进辛|丰富壬"),
    ("两不愁", "贫困人口不愁吃、不愁穿", "不愁吃|不愁穿"),
    ("三证合一", "将营业执照、机构代码证和税务登记证合并为一个证照", "营业执照|机构代码证|税务登记证"),
    ("三评合一", "将节能评估、环境评价、水土保持方案合并办理", "节能评估|环境评价|水土保持方案"),
    ("两品一标", "绿色食品、有机食品和地理标志的统称", "绿色食品|有机食品|地理标志"),
    ("三同时", "设施必须与主体工程同时设计、同时施工、同时使用", "同时设计|同时施工|同时使用"),
    ("两中心一平台", "我市建设的服务中心、活动中心和城市平台", "服务中心|活动中心|城市平台"),
    ("三馆", "位于新区的图书馆、博物馆、科技馆", "图书馆|博物馆|科技馆"),
    ("两项工程", "2013年，县委、县政府确定的低保提标、危房改造两项工程", "低保提标|危房改造"),
    ("两区同建", "新型社区和产业园区同步规划、同步建设", "新型社区|产业园区"),
    ("双百工程", "引进100名高层次人才、培育100家高新技术企业", "引进100名高层次人才|培育100家高新技术企业"),
    ("三城联创", "创建国家卫生城市、国家园林城市和全国文明城市", "国家卫生城市|国家园林城市|全国文明城市"),
    ("三个一", "全市每年办好一批实事、建成一批工程、引进一批人才", "办好一批实事|建成一批工程|引进一批人才"),
    ("四通", "施工现场水通、电通、路通、通讯通", "水通|电通|路通|通讯通"),
    ("三个千万", "投资千万元以上的工业项目、农业项目、商贸项目", "工业项目|农业项目|商贸项目"),
    # numbers that are amounts
    ("“135”目标", "一年打基础、三年见成效、五年上台阶", "一年打基础|三年见成效|五年上台阶"),
    ("“123”计划", "五年时间培育大企业1家、中企业2家、小企业3家", "大企业1家|中企业2家|小企业3家"),
    ("“622”模式", "农户占60%、村集体占20%、企业占20%的分配模式", "农户占60%|村集体占20%|企业占20%"),
    ("“123”机制", "灾害发生后，第1小时运行，第2小时派出，第3小时展开", "第1小时运行|第2小时派出|第3小时展开"),
    ("“246”工作法", "“2”即两张服务网，“4”即四级调度，“6”即六项举措", "两张服务网|四级调度|六项举措"),
    ("5+2机制", "五个工作组和协调、督查两个办公室", "五个工作组|协调|督查"),
    ("1+3+N", "1个中心、3支队伍和若干社会力量", "1个中心|3支队伍|若干社会力量"),
    # a numeral behind 进 or 不 counts as any other
    ("三进三送", "进企业、进社区、进农村，送政策、送服务、送温暖", "进企业|进社区|进农村|送政策|送服务|送温暖"),
    ("两免两便利", "免费提供仓库、展馆，提供物流便利，以及运输便利", "仓库|展馆|物流便利|运输便利"),
    # product: one member for each pair
    ("三服三进", "服务企业进园区、服务群众进社区、服务学生进校园", "服务企业进园区|服务群众进社区|服务学生进校园"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "definition", "members"), PASSES)
def test_pass(name: str, definition: str, members: str) -> None:
    """A definition that lists what its name counts passes, cut where its own signs cut it."""
    found = read(name, definition)
    assert [member.text for member in found.members] == members.split("|")
    assert found.check.status == "pass"
    assert found.check.reason is None


FAILS = [
    ("三名工程", "名师、名校", 3, 2),  # nothing but items that begin with what is counted
    ("三名工程", "名师、名校、名校长、名园", 3, 4),
    ("六稳", "稳就业、稳金融、稳外贸、稳外资、稳预期", 6, 5),
    ("五百行动", "百企升级、百亿投资、百项改革、百村示范", 5, 4),
    ("四个不减", "力度不减；投入不减；频次不减", 4, 3),  # nothing but items that carry what is counted
    ("六化", "网格化、专业化、数字化、全员化、实体化", 6, 5),
    ("三官两师", "“三官”是指法官、检察官；“两师”是指律师、规划师", 5, 4),  # in a part of its own
    ("四项机制", "一是会商机制，二是通报机制，三是督办机制", 4, 3),  # the text numbers its items
    ("四项机制", "（1）会商机制；（2）通报机制；（3）督办机制", 4, 3),
    ("三项制度", "会商、通报两项制度", 3, 2),  # the text says another number, and keeps to it
]  # fmt: skip


@pytest.mark.parametrize(("name", "definition", "expected", "found"), FAILS)
def test_fail(name: str, definition: str, expected: int, found: int) -> None:
    """A definition that numbers or plainly sets off another number of things fails, and says what it counted."""
    check = read(name, definition).check
    assert (check.status, check.expected, check.found) == ("fail", expected, found)
    assert check.reason


UNPROVEN = [
    ("六稳", "稳就业、稳金融、稳外贸、稳外资和稳预期"),  # a conjunction could stand within a thing
    ("六化", "网格化、专业化、数字化监管，企业全员化、实体化建设"),
    ("三服三进", "服务企业进园区、服务群众进社区"),
    ("三官两师一员", "法官、检察官、警官、律师、调解员"),
    ("三官两师", "“三官”是指法官、检察官、警官、军官；“两师”是指律师"),  # the sum agrees, the parts do not
    ("“2+3”产业体系", "电子、装备两大主导产业，能源、材料两大新兴产业"),
    ("一图四清单", "甲行业、乙行业场景图谱，数据、模型、工具四类清单"),  # 四类 are three: the sum is chance
    ("“123”工程", "1个中心：指挥中心；2个平台：甲台、乙台；3项机制：会商、联动"),  # says 3, lists 2
    ("3+N", "土地、资金两项政策和若干配套政策"),
    ("三个行动", "第1个行动，打基础；第2个行动，上台阶"),  # ordinals are no numbers that add up
    ("四通", "思政课与武装贯通行动、连通行动、融通行动"),  # 与 stands within a member: no cut is invented
    ("四个在前", "在科技上走在前、在农业上走在前、在治理和民生上走在前"),  # so does 和
    ("五产", "能源及低碳、光子及电路、器械及健康、数字及算力"),  # all members are pairs; none is cut alone
    ("五谐", "共兴文明、共美和谐、共富强村、共治和睦"),  # 和 in 和谐 and 和睦 is no conjunction
    ("四项机制", "会商机制、通报机制、督办机制等"),  # 等 says that there are more
    ("九大行动", "包括扩内需、强产业、促创新、抓改革等九项行动"),
    ("四大工程", "包括民生工程、生态工程、文化工程"),  # 包括 does not say that these are all
    ("双减", "一是减轻负担，二是规范培训，三是提升质量"),  # three measures for two things
    ("四早五最", "早谋划、早开工、早建设、早投产，审批最少、效率最高、成本最低、态度最好"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "definition"), UNPROVEN)
def test_nothing_is_said_without_evidence(name: str, definition: str) -> None:
    """A list of another length neither passes nor fails: other ways to count it are not ruled out."""
    found = read(name, definition)
    assert (found.members, found.check.status) == ((), "n/a")


NOT_APPLICABLE = [
    ("应急365", "全年无休的应急服务", "counts nothing"),  # every day of the year
    ("十四五", "2021年至2025年", "plan period"),
    ("千万工程", "千村示范、万村整治", "multipliers"),
    ("一网通办", "通过一个网站、一个窗口办理", "counts nothing"),  # 一 says “single”
    ("5G+工业", "生产、管理、服务", "counts nothing"),
    ("世界500强", "营业收入、利润居前的企业", "counts nothing"),
    ("两业融合", "推动制造业和服务业相融相长、耦合共生", "does not list"),  # two verbs are not the two things
    ("两山", "借鉴银行分散化输入、整体化输出的模式，搭建的资源交易平台", "does not list"),
    ("三房", "将廉租、公租住宅纳入保障住宅，实行“统一租金、分类补贴、分离”", "does not list"),  # of other things
    ("两山", "绿水青山就是金山银山", "does not list"),  # a sentence, no list
    ("十个一", "一套标准、一张清单", "does not list"),  # far from ten: another list
    ("两重", "发行特别国债，支持国家重大战略实施", "does not list"),  # two clauses are no list by themselves
    ("三清", "清理欠账和欠款", "does not list"),
    ("三圈", "提质行动，五年内建成一百个，构建品质优良、环境优美、绿色低碳的体系", "does not list"),  # of its object
    ("双优", "本地特色、国内一流的高校和学科", "does not list"),  # what is listed goes on behind
    ("三医联动一张网", "推进医疗、医保、医药改革，加强共享", "does not list"),  # 加强共享 is no net
    ("5+2中心", "覆盖省、市、县、乡、村五级和校、企两类的融合、共享平台", "does not list"),
    ("双挂钩", "将贷款利率与绿色建筑面积挂钩", "does not list"),  # 与 joins what 将 governs
    ("1+N", "一个总体方案", "does not list"),
    ("3+N", "土地、资金、人才三项政策", "open number"),  # nothing is said of N
    ("三张清单", "诉求清单" * 800, "too long"),
    ("十百千", "10个乡镇、100个村、1000户", "multipliers"),
    ("稳增长31条", "市政府印发的若干政策措施", "does not list"),  # a statute by the number of its articles
    ("三十一条", "促进民营经济发展的意见", "does not list"),
    ("4083公里", "新建、改建、扩建道路的里程", "counts nothing"),
    ("“一五”计划", "1953年至1957年", "plan period"),
    ("“十五”计划", "2001年至2005年", "plan period"),
    ("三合一场所", "住宿与生产、仓储、经营等功能混合设置在同一空间之内而存在消防安全隐患的建筑", "does not list"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "definition", "reason"), NOT_APPLICABLE)
def test_not_applicable(name: str, definition: str, reason: str) -> None:
    """Where a numeral counts nothing, or its definition lists nothing, there is no verdict, but a reason."""
    check = read(name, definition).check
    assert check.status == "n/a"
    assert check.reason
    assert reason in str(check.reason)


def gold_terms() -> list[Any]:
    """The terms of the seed whose definitions pass and list a closed number of members."""
    terms = [
        term
        for path in sorted(GOLD.glob("*.json"))
        for entry in json.loads(path.read_text("utf-8"))["entries"]
        for term in entry["terms"]
        if term["count_check"] == "pass" and term["members"] and not counts_in(term["name"]).is_open
    ]
    return [pytest.param(term, id=term["name"]) for term in terms]


def without(definition: str, members: list[str], number: int) -> str:
    """A definition without one of its members and one separator beside it."""
    start = 0
    for member in members[:number]:
        start = definition.index(member, start) + len(member)
    start = definition.index(members[number], start)
    before, behind = definition[:start], definition[start + len(members[number]) :]
    if number and before[-1:] in SEPARATORS:
        return before[:-1] + behind
    return before + (behind[1:] if behind[:1] in SEPARATORS else behind)


@pytest.mark.parametrize("term", gold_terms())
def test_no_fail_is_forced_to_pass(term: dict[str, Any]) -> None:
    """A definition that passes passes no more when any one of its members is taken away."""
    definition, members = term["definition"], term["members"]
    for number, member in enumerate(members):
        shortened = without(definition, members, number)
        if member not in shortened:  # a member that is named twice is still there
            assert read(term["name"], shortened).check.status != "pass", shortened


def test_most_members_can_be_dropped() -> None:
    """The seed has enough closed lists for the property above to mean something."""
    assert len(gold_terms()) >= 30


@pytest.mark.parametrize(("name", "definition", "members"), PASSES)
def test_offsets(name: str, definition: str, members: str) -> None:
    """Members are spans of the report, wherever in it their definition stands."""
    text = f"前文“三”、{definition}。后文、四"
    start = text.index(definition)
    found = members_of(text, plain(text), name, Passage(definition, start, start + len(definition)))
    assert [member.text for member in found.members] == members.split("|")
    assert all(text[member.start : member.end] == member.text for member in found.members)
