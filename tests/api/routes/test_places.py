"""A place is named alike wherever one can be named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.conftest import Asker

LISTS = ("/terms?", "/reports?", "/findings?", "/search?q=不&", "/export/jsonl?", "/export/csv?", "/lookup?name=135&")
BODIES: dict[str, dict[str, Any]] = {
    "/annotate": {"text": "推行“135”工作体系。"},
    "/lookup": {"names": ["135"]},
    "/lint": {"text": "推行“135”工作体系。"},
    "/check": {"language": "en", "source": "推行“135”工作体系。", "target": "x"},
    "/pretranslate": {"language": "en", "text": "推行“135”工作体系。"},
}
NAMES = ("临江区", "临江", "云溪市临江区", "云溪临江", "990105")


def asked(ask: Asker, address: str, place: str) -> TestResponse:
    """The answer to a question from a place, in its query or its body."""
    if address in BODIES:
        return ask(address, "POST", json=BODIES[address] | {"place": place})
    return ask(f"{address}place={place}")


@pytest.mark.parametrize("address", [*LISTS, *BODIES])
def test_every_name_of_a_place_is_the_same_question(ask: Asker, address: str) -> None:
    """Full name, name without rank, path and code ask for the same, in a query and in a body."""
    answers = [asked(ask, address, name) for name in NAMES]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert address in BODIES or len(answers[0].data) > 100


@pytest.mark.parametrize("address", [*LISTS, *BODIES])
def test_an_unknown_place_is_refused_with_those_near_it(ask: Asker, address: str) -> None:
    """A place that is neither of a report nor published is a 422 that names what may have been meant."""
    answer = asked(ask, address, "临江县")
    assert answer.status_code == 422
    assert "临江区" in json.loads(answer.data)["detail"]


@pytest.mark.parametrize("address", [*LISTS, *BODIES])
def test_a_division_without_reports_is_known(ask: Asker, address: str) -> None:
    """A published division can be named: nothing is of it, and it has its distance to others."""
    answer = asked(ask, address, "苏州市昆山市")
    assert answer.status_code == 200
    if address in ("/terms?", "/reports?", "/findings?", "/search?q=不&"):
        assert json.loads(answer.data)["total"] == 0
