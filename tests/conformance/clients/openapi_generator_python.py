"""The five calls by what the generator `python` of openapi-generator makes."""

import json
import sys

from generated import ApiClient, Configuration
from generated.api.annotations_api import AnnotationsApi
from generated.api.lookup_api import LookupApi
from generated.api.reconciliation_api import ReconciliationApi
from generated.api.terms_api import TermsApi
from generated.api.translations_api import TranslationsApi
from generated.models.annotate import Annotate
from generated.models.check import Check
from generated.models.reconciliation_results import ReconciliationResults

address, asked = sys.argv[1], json.loads(sys.argv[2])
client = ApiClient(Configuration(host=address))

looked_up = LookupApi(client).look_up(name=asked["name"])
match = AnnotationsApi(client).annotate(Annotate(text=asked["text"])).matches[0]

usages: list[str] = []
cursor: str | None = None
while cursor is not None or not usages:
    page = TermsApi(client).list_usages(asked["term"], limit=1, cursor=cursor)
    usages += [usage.report.id for usage in page.items]
    cursor = page.next

found = ReconciliationApi(client).reconcile_form(queries=asked["queries"]).actual_instance
assert isinstance(found, ReconciliationResults)
assert found.q0 is not None
best = found.q0.result[0]
check = Check(source=asked["source"], target=asked["target"], language="en", place=asked["place"])
checked = TranslationsApi(client).check_translation(check)

answers = {
    "looked_up": [looked_up.term.name, looked_up.match_type, looked_up.term.totals.usages],
    "annotated": [match.term.name, match.start, match.end, match.term.kind],
    "usages": usages,
    "reconciled": [best.name, best.match],
    "checked": [[finding.kind, finding.target[0].text] for finding in checked.findings],
}
print(json.dumps(answers))
