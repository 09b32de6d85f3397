"""The five calls by what openapi-python-client makes."""

import json
import sys

from generated import Client
from generated.api.annotations import annotate
from generated.api.lookup import look_up
from generated.api.reconciliation import reconcile_form
from generated.api.terms import list_usages
from generated.api.translations import check_translation
from generated.models import (
    Annotate,
    Annotations,
    Check,
    Checked,
    Lookup,
    ReconcileFormBody,
    ReconciliationResult,
    ReconciliationResults,
    UsagePage,
)
from generated.types import UNSET

address, asked = sys.argv[1], json.loads(sys.argv[2])
client = Client(base_url=address)

looked_up = look_up.sync(client=client, name=asked["name"])
assert isinstance(looked_up, Lookup)
annotated = annotate.sync(client=client, body=Annotate(text=asked["text"]))
assert isinstance(annotated, Annotations)
match = annotated.matches[0]

usages: list[str] = []
cursor: str | None = None
while cursor is not None or not usages:
    page = list_usages.sync(asked["term"], client=client, limit=1, cursor=cursor or UNSET)
    assert isinstance(page, UsagePage)
    usages += [usage.report.id for usage in page.items]
    cursor = page.next_

found = reconcile_form.sync(client=client, body=ReconcileFormBody(queries=asked["queries"]))
assert isinstance(found, ReconciliationResults)
assert isinstance(found.q0, ReconciliationResult)
best = found.q0.result[0]
check = Check(source=asked["source"], target=asked["target"], language="en", place=asked["place"])
checked = check_translation.sync(client=client, body=check)
assert isinstance(checked, Checked)

answers = {
    "looked_up": [looked_up.term.name, looked_up.match_type, looked_up.term.totals.usages],
    "annotated": [match.term.name, match.start, match.end, match.term.kind],
    "usages": usages,
    "reconciled": [best.name, best.match],
    "checked": [[finding.kind, finding.target[0].text] for finding in checked.findings],
}
print(json.dumps(answers))
