"""What schemathesis has to know beside the document: which places are known, what is a name, and what `fields` does.

OpenAPI can say that a text is a place, and not which places there are; and it can say what an answer requires, and not
that a parameter leaves some of it out.
"""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies

schemathesis.openapi.format("place", strategies.sampled_from(["昆山市", "虎丘", "苏州市太仓市", "320583", "110105"]))
schemathesis.openapi.format("day-month-or-year", strategies.sampled_from(["2024-06-01", "2024-02", "2031"]))
schemathesis.openapi.format(
    "name-of-term", strategies.sampled_from(["三名工程", "两新", "“1+7”工作清单制度", "无此名"])
)
schemathesis.openapi.format(
    "queries-json", strategies.sampled_from(['{"q0":{"query":"三名工程"}}', '{"a":{"query":"1+2"}}'])
)
schemathesis.openapi.format(
    "extend-json", strategies.sampled_from(['{"ids":["t0123456789"],"properties":[{"id":"place"}]}'])
)


@schemathesis.hook
def before_load_schema(_: schemathesis.HookContext, raw_schema: dict[str, Any]) -> None:
    """Take away what trims answers, so that all are whole, and what makes nearly every decision come too late."""
    for item in raw_schema["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and "parameters" in operation:
                operation["parameters"] = [
                    one for one in operation["parameters"] if one["name"] not in ("fields", "If-Match")
                ]
