"""Entity reconciliation, held against the JSON schemas of the specifications themselves."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT7

from glossary_api.harvesting.harvest import harvest, publish
from glossary_api.queries.reconcile.candidates import MOST_QUERIES
from glossary_api.queries.reconcile.entities import PROPERTIES
from glossary_api.settings import Settings
from glossary_api.site.app import create_app
from glossary_api.store.edition import Edition
from tests.pace import paces

SCHEMAS = Path(__file__).parent / "schemas" / "reconciliation-0.2"
ROOT = "/api/v1/reconcile"
Fits = Callable[[str, Any], None]


@functools.cache
def validator(name: str) -> Draft7Validator:
    """The schema of one kind of message; those that it refers to by `$id` come from its folder, not from the net."""
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    resources = [(schema["$id"].rstrip("#"), DRAFT7.create_resource(schema)) for schema in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft7Validator(schemas[name], registry=registry)


@pytest.fixture
def fits() -> Fits:
    """Hold a message against the schema of its kind."""
    return lambda name, message: validator(name).validate(message)


@pytest.fixture(scope="module")
def app(edition_path: Path) -> Flask:
    """The application over the sample edition."""
    return create_app(Settings(edition=edition_path, cors="*"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of it."""
    return app.test_client()


@pytest.fixture
def ids(edition: Edition) -> dict[str, str]:
    """The ids of all terms by name."""
    return {item["name"]: item["id"] for item in edition.terms().items}


def find(client: FlaskClient, query: Mapping[str, Any], fits: Fits) -> list[dict[str, Any]]:
    """The candidates for a query, question and answer held against their schemas."""
    batch: Any = {"q0": query}
    fits("reconciliation-query-batch", batch)
    answer = client.post(ROOT, data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    found = answer.get_json()
    fits("reconciliation-result-batch", found)
    candidates: list[dict[str, Any]] = found["q0"]["result"]
    return candidates


def asked(name: str | None = None, **conditions: Any) -> dict[str, Any]:
    """A query for a name with values of properties, as the protocol has it."""
    properties = [{"pid": pid, "v": value} for pid, value in conditions.items()]
    return ({"query": name} if name else {}) | ({"properties": properties} if properties else {})


# The manifest


def test_manifest(client: FlaskClient, fits: Fits) -> None:
    """Without parameters the endpoint describes itself, and names the version that it speaks."""
    manifest = client.get(ROOT).get_json()
    fits("manifest", manifest)
    assert manifest["versions"] == ["0.2"]
    assert [kind["id"] for kind in manifest["defaultTypes"]] == ["term"]


def test_addresses_of_the_manifest_lead_somewhere(client: FlaskClient, ids: dict[str, str]) -> None:
    """Every address that the manifest gives, put together as the specification says, is answered."""
    manifest = client.get(ROOT).get_json()
    id_ = ids["三边"]
    assert client.get(manifest["view"]["url"].replace("{{id}}", id_)).status_code == 302
    assert client.get(manifest["preview"]["url"].replace("{{id}}", id_)).status_code == 200
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        address = f"{service['service_url']}{service['service_path']}?prefix=&type="
        assert client.get(address).status_code == 200
    with client.get(manifest["documentation"]) as page:
        assert page.status_code == 200


def test_manifest_knows_its_host(client: FlaskClient) -> None:
    """The addresses in the manifest are those of the host that was asked."""
    manifest = client.get(ROOT, base_url="https://glossary.example").get_json()
    assert manifest["view"]["url"].startswith("https://glossary.example/api/v1/reconcile/")


# Candidates


@pytest.mark.parametrize("name", ["六个不发生", "6個不發生", "「六个不发生」", "135"])
def test_an_exact_hit_is_a_match(client: FlaskClient, fits: Fits, name: str) -> None:
    """Any spelling of a name finds its one term: score 100 and a match."""
    (candidate,) = find(client, asked(name), fits)
    assert (candidate["score"], candidate["match"]) == (100, True)


def test_an_id_is_a_name_too(client: FlaskClient, fits: Fits, ids: dict[str, str]) -> None:
    """An id in place of a name finds its term."""
    (candidate,) = find(client, asked(ids["数据得地"]), fits)
    assert (candidate["name"], candidate["match"]) == ("数据得地", True)


@pytest.mark.parametrize(
    ("name", "best"), [("六个不发声", "六个不发生"), ("数据得利", "数据得地"), ("1+22+4", "1+22+3")]
)
def test_what_is_merely_alike_is_no_match(client: FlaskClient, fits: Fits, name: str, best: str) -> None:
    """A misspelt name gets the terms like it, best first, below 100 and never a match."""
    candidates = find(client, asked(name), fits)
    assert candidates[0]["name"] == best
    scores = [candidate["score"] for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] < 100
    assert not any(candidate["match"] for candidate in candidates)


@pytest.mark.parametrize(
    "name", ["（3）六个不发生；", "1. “六个不发生”。", "• 六个不发生", "①六个不发生，", "三、六个不发生"]
)
def test_a_name_dressed_up_for_a_list_is_the_name(client: FlaskClient, fits: Fits, name: str) -> None:
    """Neither a number or bullet before a name nor a stop behind it makes it another one."""
    (candidate,) = find(client, asked(name), fits)
    assert (candidate["name"], candidate["score"], candidate["match"]) == ("六个不发生", 100, True)


@pytest.mark.parametrize(
    "name",
    ["实施六个不发生等措施", "推进“六个不发生”工作", "六个不发生（2024年）"],
)
def test_a_name_said_otherwise_comes_first(client: FlaskClient, fits: Fits, name: str) -> None:
    """A name in a phrase or with a remark finds its term first, and somebody has to look."""
    first, *_ = find(client, asked(name), fits)
    assert (first["name"], first["match"]) == ("六个不发生", False)


@pytest.mark.parametrize("name", ["liu ge bu fa sheng", "liù gè bù fā shēng", "liugebufasheng"])
def test_a_name_in_pinyin_comes_first(seed_path: Path, fits: Fits, name: str) -> None:
    """A name in Pinyin, with tones or without, finds its term first, and somebody has to look."""
    first, *_ = find(create_app(Settings(edition=seed_path)).test_client(), asked(name), fits)
    assert (first["name"], first["match"]) == ("六个不发生", False)


def test_han_figures_are_no_number(client: FlaskClient, fits: Fits) -> None:
    """A row of figures in Han characters is no match for the number that its figures make."""
    assert not any(one["match"] for one in find(client, asked("一三五"), fits))


def test_a_number_is_no_han_figures(tmp_path: Path) -> None:
    """Of a number and a row of Han figures only the name matches, even where reports print both."""
    report = "云溪市政府工作报告\n各位代表：\n{}\n名词解释\n1.“{}”：指一个目标、两条主线、三项任务。\n"
    for number, name in enumerate(("一二三", "123", "一二三")):
        text = report.format(f"实施“{name}”战略。" * 3, name)
        (tmp_path / f"云溪市{2022 + number}.txt").write_text(text, "utf-8")
    publish(harvest([*tmp_path.glob("*.txt")]), tmp_path / "figures.db")
    client = create_app(Settings(edition=tmp_path / "figures.db")).test_client()
    for name in ("一二三", "123"):
        (first, *_) = client.post(ROOT, data={"queries": json.dumps({"q0": asked(name)})}).get_json()["q0"]["result"]
        assert first["match"] == (first["name"] == name)


@pytest.mark.parametrize("blank", ["", " ", [], [""]])
def test_a_blank_cell_asks_for_nothing(client: FlaskClient, blank: Any) -> None:
    """A property without a value leaves score and match as they are without the property."""
    queries = {"q0": asked("六个不发生", place=blank), "q1": asked("六个不发生")}
    found = client.post(ROOT, data={"queries": json.dumps(queries)}).get_json()
    assert found["q0"] == found["q1"]


def test_what_is_like_nothing_finds_nothing(client: FlaskClient, fits: Fits) -> None:
    """A name that resembles none gets an empty list."""
    assert find(client, asked("完全无关的名称"), fits) == []


@pytest.mark.parametrize(
    ("pid", "fitting", "other"),
    [
        ("place", "云溪市", "石桥县"),
        ("place", "云溪", "石桥"),
        ("place", "990100", "990199"),
        ("year", 2024, 1999),
        ("year", "2024", "1999"),
        ("kind", "numeral", "plan"),
        ("report", "yunxi-2024", "shiqiao-2025"),
        ("definition", "不发生事件、不发生事故、不发生案件、不发生舆情、不发生灾害、不发生疫情", "甲"),
        ("variants", "6个不发生", "甲"),
    ],
)
def test_properties_are_weighed(client: FlaskClient, fits: Fits, pid: str, fitting: Any, other: Any) -> None:
    """A property that fits leaves an exact hit a match; one that does not takes score and match from it."""
    (good,) = find(client, asked("六个不发生", **{pid: fitting}), fits)
    (bad,) = find(client, asked("六个不发生", **{pid: other}), fits)
    assert (good["score"], good["match"]) == (100, True)
    assert bad["score"] < 100
    assert not bad["match"]
    features = [{feature["id"]: feature["value"] for feature in one["features"]} for one in (good, bad)]
    assert [one[f"property_{pid}"] for one in features] == [True, False]


def test_one_of_several_values_is_enough(client: FlaskClient, fits: Fits) -> None:
    """Of several values of a property, entities among them, one has to fit."""
    values = ["无此地", {"id": "云溪", "name": "云溪"}, 7, True]
    (candidate,) = find(client, asked("六个不发生", place=values), fits)
    assert candidate["match"]


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        ({"report": "shiqiao-2025", "kind": "numeral"}, ["1+22+3", "“135”工作体系"]),
        ({"year": 2025, "kind": "quoted"}, ["产业/创新", "数据得地"]),
        ({"pinyin": "x"}, []),
        ({"place": "无此地"}, []),
    ],
)
def test_properties_alone_find_terms(
    client: FlaskClient, fits: Fits, conditions: dict[str, Any], names: list[str]
) -> None:
    """Without a name, the terms that meet all conditions come first, and none is called a match."""
    candidates = find(client, asked(**conditions), fits)
    best = [candidate["name"] for candidate in candidates if candidate["score"] == 100]
    assert sorted(best) == sorted(names)
    assert not any(candidate["match"] for candidate in candidates)


@pytest.mark.parametrize(("kind", "found"), [("term", 1), ("", 1), ("person", 0)])
def test_types(client: FlaskClient, fits: Fits, kind: str, found: int) -> None:
    """Of another type there are no entities; no type is any type."""
    assert len(find(client, asked("三边") | {"type": kind}, fits)) == found


def test_several_types(client: FlaskClient, fits: Fits) -> None:
    """Ours may stand among several types."""
    query = {"query": "三边", "type": ["person", "term"], "type_strict": "should", "limit": 3}
    assert len(find(client, query, fits)) == 1


def test_limit(client: FlaskClient, fits: Fits) -> None:
    """No more candidates come than were asked for, and the best ones stay."""
    everything = find(client, asked(year=2025), fits)
    assert find(client, asked(year=2025) | {"limit": 2}, fits) == everything[:2]


def test_keys_come_back(client: FlaskClient) -> None:
    """Results have the keys of their queries."""
    names = ["三边", "无", "数据得地"]
    batch = json.dumps({f"键{n}": {"query": name} for n, name in enumerate(names)})
    keyed = client.post(ROOT, data={"queries": batch}).get_json()
    assert {key: [c["name"] for c in one["result"]] for key, one in keyed.items()} == {
        "键0": ["三边"],
        "键1": [],
        "键2": ["数据得地"],
    }


def test_get_answers_as_post_does(client: FlaskClient, ids: dict[str, str]) -> None:
    """A question in the address gets the answer that it gets in a form; what clients add is let pass."""
    extend = json.dumps({"ids": [ids["三边"]], "properties": [{"id": "year"}]})
    for question in ({"queries": '{"q0":{"query":"三边"}}'}, {"extend": extend}):
        by_get = client.get(ROOT, query_string=question | {"lang": "zh", "callback": "x"})
        assert by_get.get_json() == client.post(ROOT, data=question | {"format": "json"}).get_json()
        assert by_get.mimetype == "application/json"


def test_a_thousand_queries_are_quick(client: FlaskClient) -> None:
    """A full batch of names that nothing has exactly is answered in about a second or less."""
    batch = {
        f"q{n}": {"query": f"六个不发{n}", "properties": [{"pid": "year", "v": 2024}]} for n in range(MOST_QUERIES)
    }
    form = {"queries": json.dumps(batch)}
    assert paces(lambda: client.post(ROOT, data=form)) < 25
    assert len(client.post(ROOT, data=form).get_json()) == MOST_QUERIES


# Suggestions


@pytest.mark.parametrize(
    ("kind", "schema", "prefix", "found"),
    [
        ("entity", "suggest-entities-response", "六个", "六个不发生"),
        ("entity", "suggest-entities-response", "不发生", "六个不发生"),
        ("property", "suggest-properties-response", "pla", "地方"),
        ("property", "suggest-properties-response", "年", "年份"),
        ("type", "suggest-types-response", "", "术语"),
        ("type", "suggest-types-response", "术", "术语"),
    ],
)
def test_suggestions(client: FlaskClient, fits: Fits, kind: str, schema: str, prefix: str, found: str) -> None:
    """What begins as was typed is suggested, by id or name."""
    answer = client.get(f"{ROOT}/suggest/{kind}", query_string={"prefix": prefix}).get_json()
    fits(schema, answer)
    assert found in [item["name"] for item in answer["result"]]


def test_an_id_is_suggested(client: FlaskClient, fits: Fits, ids: dict[str, str]) -> None:
    """An id in place of a prefix suggests its entity first."""
    answer = client.get(f"{ROOT}/suggest/entity?prefix={ids['三边']}").get_json()
    fits("suggest-entities-response", answer)
    assert answer["result"][0]["name"] == "三边"


@pytest.mark.parametrize(("kind", "prefix"), [("entity", "1"), ("property", ""), ("type", "")])
def test_cursor_skips(client: FlaskClient, kind: str, prefix: str) -> None:
    """`cursor` leaves so many suggestions out; what OpenRefine adds of its own is let pass."""
    more = {"prefix": prefix, "spell": "always", "exact": "false", "schema": "term"}
    address = f"{ROOT}/suggest/{kind}"
    everything = client.get(address, query_string=more).get_json()["result"]
    assert everything
    assert client.get(address, query_string=more | {"cursor": "1"}).get_json()["result"] == everything[1:]


def test_no_suggestion(client: FlaskClient, fits: Fits) -> None:
    """What nothing begins with gets an empty list."""
    for kind, schema in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        answer = client.get(f"{ROOT}/suggest/{kind}?prefix=无此物").get_json()
        fits(f"suggest-{schema}-response", answer)
        assert answer["result"] == []


# Previews and pages


def test_preview(client: FlaskClient, ids: dict[str, str]) -> None:
    """A preview is a small page that says what the term stands for; any site may frame it, and it runs nothing."""
    answer = client.get(f"{ROOT}/preview?id={ids['三边']}")
    page = lxml.html.fromstring(answer.text)
    assert (answer.mimetype, page.xpath("string(//h1)")) == ("text/html", "三边")
    assert page.xpath("//blockquote/p/text()") == ["山边、水边、路边"]
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "X-Frame-Options" not in answer.headers


def test_preview_of_what_nobody_defines(client: FlaskClient, ids: dict[str, str]) -> None:
    """A term without a definition has a preview that says so."""
    assert "没有解释" in client.get(f"{ROOT}/preview?id={ids['十四五']}").text


@pytest.mark.parametrize("page", ["preview", "view"])
def test_pages_of_nothing(client: FlaskClient, page: str) -> None:
    """An unknown id is a 404, a missing one a 422."""
    assert client.get(f"{ROOT}/{page}?id=t0000000000").status_code == 404
    assert client.get(f"{ROOT}/{page}").status_code == 422


# Data extension


def extend(
    client: FlaskClient, ids: list[str], properties: list[dict[str, Any]], fits: Fits
) -> dict[str, dict[str, list[Any]]]:
    """Values by entity and property, question and answer held against their schemas."""
    question = {"ids": ids, "properties": properties}
    fits("data-extension-query", question)
    answer = client.post(ROOT, data={"extend": json.dumps(question)}).get_json()
    fits("data-extension-response", answer)
    assert [item["id"] for item in answer["meta"]] == [item["id"] for item in properties]
    rows = answer["rows"].items()
    return {id_: {pid: [*map(_plain, values)] for pid, values in row.items()} for id_, row in rows}


def _plain(value: dict[str, Any]) -> Any:
    ((_, plain),) = value.items()
    return plain


def test_every_property_can_be_fetched(client: FlaskClient, fits: Fits, ids: dict[str, str]) -> None:
    """All properties of a term come at once, each with its values; an id that nothing has gets empty lists."""
    wanted = [{"id": pid} for pid in PROPERTIES]
    rows = extend(client, [ids["数据得地"], "t0000000000"], wanted, fits)
    assert rows[ids["数据得地"]] == {
        "place": ["临江区", "石桥县", "云溪市"],
        "year": [2025, 2024],
        "kind": ["quoted"],
        "report": ["linjiang-2025", "shiqiao-2025", "yunxi-2024"],
        "definition": ["以数据论英雄，按贡献配置土地"],
        "elsewhere": [],
        "pinyin": rows[ids["数据得地"]]["pinyin"],
        "variants": ["数据得地"],
        "english": [],
    }
    assert rows["t0000000000"] == {pid: [] for pid in PROPERTIES}


def test_settings(client: FlaskClient, fits: Fits, ids: dict[str, str]) -> None:
    """Settings keep definitions that hold in a place, limit values, and name reports; as forms send them, too."""
    id_ = ids["“135”工作体系"]
    here, there = "1个中心、3个平台、5项机制", "一个品牌、三个重点、五项能力"

    def fetched(property_id: str = "definition", **settings: Any) -> list[Any]:
        wanted = [{"id": property_id, "settings": settings}]
        return extend(client, [id_], wanted, fits)[id_][property_id]

    assert fetched() == []
    assert sorted(fetched("elsewhere")) == [
        f"{text}〔这类名称各地自行命名，没有证据表明同指一事〕" for text in (here, there)
    ]
    assert fetched(place="云溪市") == [here]
    assert fetched(place="石桥县") == [there]
    assert fetched("elsewhere", place="石桥县", source=True) == [
        f"{here}（云溪市2024）〔这类名称各地自行命名，没有证据表明同指一事〕"
    ]
    assert fetched(place="石桥县", limit=1) == fetched(place="石桥县", limit="1", other="x") == [there]
    assert fetched(place="云溪市", limit="1", source="on") == fetched(place="云溪市", limit=1, source=True)
    assert fetched(place="云溪市", limit=1, source=True) == [f"{here}（云溪市2024）"]


def test_english_of_the_seed(seed_path: Path, fits: Fits) -> None:
    """Where an edition has renderings in English, they can be fetched."""
    client = create_app(Settings(edition=seed_path)).test_client()
    (candidate,) = find(client, {"query": "三名工程"}, fits)
    rows = extend(client, [candidate["id"]], [{"id": "english"}], fits)
    assert any("Project" in rendering for rendering in rows[candidate["id"]]["english"])


@pytest.mark.parametrize("kind", ["term", "", "person"])
def test_proposals(client: FlaskClient, fits: Fits, kind: str) -> None:
    """Properties are proposed for our type and for any, none for another; no more than were asked for."""
    answer = client.get(f"{ROOT}/extend/propose?type={kind}").get_json()
    fits("data-extension-property-proposal", answer)
    assert [item["id"] for item in answer["properties"]] == ([] if kind == "person" else list(PROPERTIES))
    fewer = client.get(f"{ROOT}/extend/propose?type={kind}&limit=2").get_json()
    fits("data-extension-property-proposal", fewer)
    assert (fewer["properties"], fewer["limit"]) == (answer["properties"][:2], 2)


# What is refused


@pytest.mark.parametrize(
    "question",
    [
        {"queries": ""},
        {"queries": "[]"},
        {"queries": '{"q0": 1}'},
        {"queries": '{"q0": {}}'},
        {"queries": '{"q0": {"properties": []}}'},
        {"queries": '{"q0": {"query": "甲", "limit": 0}}'},
        {"queries": '{"q0": {"query": "甲", "limit": true}}'},
        {"queries": '{"q0": {"query": "甲", "type": 1}}'},
        {"queries": '{"q0": {"query": "甲", "mode": 1}}'},
        {"queries": '{"q0": {"query": "甲", "properties": [{"pid": "place"}]}}'},
        {"queries": '{"q0": {"query": "甲", "properties": [{"pid": "nothing", "v": 1}]}}'},
        {"queries": '{"q0": {"query": "甲", "properties": [{"pid": "place", "v": null}]}}'},
        {"extend": '{"ids": []}'},
        {"extend": '{"ids": [], "properties": [{"id": "nothing"}]}'},
        {"extend": '{"ids": [], "properties": [{"id": "year", "settings": {"limit": "many"}}]}'},
        {"extend": '{"ids": [], "properties": [{"id": "year", "settings": {"source": 7}}]}'},
        {"extend": '{"ids": [], "properties": [{"id": "year", "settings": {"place": 7}}]}'},
    ],
)
def test_bad_questions(client: FlaskClient, question: dict[str, str]) -> None:
    """What does not fit the specification is a 422 that says where, by POST and by GET."""
    for answer in (client.post(ROOT, data=question), client.get(ROOT, query_string=question)):
        assert answer.status_code == 422
        assert [error["parameter"] for error in answer.get_json()["errors"]] == list(question)


def test_batches_have_a_size(client: FlaskClient, fits: Fits) -> None:
    """One query more than the manifest's batchSize is a 413, and so is an id more of data extension."""
    assert client.get(ROOT).get_json()["batchSize"] == MOST_QUERIES
    many = {f"q{n}": {"query": "甲"} for n in range(MOST_QUERIES + 1)}
    ids = {"ids": ["t"] * (MOST_QUERIES + 1), "properties": []}
    answers = [
        client.post(ROOT, data={"queries": json.dumps(many)}),
        client.post(ROOT, data={"extend": json.dumps(ids)}),
    ]
    assert [(answer.status_code, answer.get_json()["limit"]) for answer in answers] == [(413, MOST_QUERIES)] * 2


def test_forms_have_a_size_and_a_type(client: FlaskClient) -> None:
    """A form of too many bytes is a 413, another kind of body a 415."""
    assert client.post(ROOT, data={"queries": " " * 5_000_000}).status_code == 413
    assert client.post(ROOT, json={"queries": {}}).status_code == 415


# From other origins


@pytest.mark.parametrize("path", ["", "/suggest/entity", "/preview?id=x", "/suggest/type"])
def test_any_origin_may_read(client: FlaskClient, path: str) -> None:
    """Every endpoint lets scripts of any origin read its answer, refusals included."""
    answer = client.get(ROOT + path, headers={"Origin": "https://refine.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_any_origin_may_ask(client: FlaskClient) -> None:
    """A browser that asks beforehand is told that it may POST JSON."""
    head = {
        "Origin": "https://refine.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options(ROOT, headers=head)
    assert answer.status_code in (200, 204)
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "content-type" in answer.headers["Access-Control-Allow-Headers"].lower()
