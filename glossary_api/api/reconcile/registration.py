"""Register routes of kinds that only this protocol has: several answers at one address, forms, pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Response, request

from glossary_api.api.http.answers import ETAGGED
from glossary_api.api.http.media_types import ONLY_JSON
from glossary_api.api.http.operations import Said, describe

View = Callable[..., Response]


def route(
    blueprint: Any,
    method: str,
    rule: str,
    responses: dict[str, Any],
    statuses: tuple[int, ...] = (),
    *,
    tagged: bool = False,
    **described: Any,
) -> Callable[[View], View]:
    """Register a view and document it, its answers and whatever else is `described` in words of OpenAPI.

    `statuses` are those of the problems that are its own, if it answers itself; `tagged` says that it does with ETags.
    """

    def register(view: View) -> View:
        @functools.wraps(view)
        def endpoint() -> Response:
            answer = view()
            if tagged:
                request.environ[ETAGGED] = answer.mimetype
            return answer

        if statuses:
            describe(endpoint, Said(ONLY_JSON, tagged=tagged, statuses=statuses))
        documented = blueprint.doc(operationId=view.__name__, responses=responses, **described)(endpoint)
        blueprint.add_url_rule(rule, view_func=documented, methods=[method])
        return view

    return register
