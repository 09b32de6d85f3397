"""The queue of what waits for a decision, and the form by which anything can be decided, for who has signed in."""

from __future__ import annotations

from itertools import islice
from typing import Any

import orjson
from flask import Response, g, make_response, redirect, render_template, request

from glossary_api.api.http.problems import kind_of
from glossary_api.api.http.refusals import BadBody
from glossary_api.api.routes.decisions import checked, decided_so_far, taken_down
from glossary_api.curation.decision_log import version_of
from glossary_api.curation.decisions import KINDS, PASSAGES
from glossary_api.errors import BadParameter, DecisionError, DecisionOutdated, NotFound
from glossary_api.model.words import REVIEWED
from glossary_api.queries.review import passage_said, plain, questions
from glossary_api.site.decision_forms import form_for, named
from glossary_api.site.page import blueprint, in_words, to
from glossary_api.site.signing_in import form_of_editor, local
from glossary_api.text.folding import fold_name

SHOWN = 10
"""Questions on one page."""


@blueprint.get("/review", strict_slashes=False)
def review() -> Response:
    """Show what waits for a decision, of one kind, behind those that the reader skipped."""
    if g.editor is None:
        return _to_sign_in()
    kind, skipped = request.args.get("kind", REVIEWED[0]), request.args.get("skip", "0")
    if kind not in REVIEWED:
        raise BadParameter("kind", "must-be-one-of", choices=", ".join(REVIEWED))
    if not (skipped.isascii() and skipped.isdecimal() and len(skipped) < 7):
        raise BadParameter("skip", "must-be-whole-number")
    log, skip = decided_so_far(), int(skipped)
    found = list(islice(questions(kind, g.edition, log), skip, skip + SHOWN + 1))
    items = [
        {
            "shown": in_words(question.shown),
            "term": question.term,
            "place": question.place,
            "version": version_of(log, fold_name(question.term)) if question.term else "",
            "answers": [
                {"key": key, "draft": orjson.dumps(draft).decode(), "kind": draft["kind"]}
                for key, draft in question.answers.items()
            ],
        }
        for question in found[:SHOWN]
    ]
    more = len(found) > SHOWN
    return make_response(
        render_template("review.html", kind=kind, kinds=REVIEWED, items=items, skip=skip, more=more, size=SHOWN)
    )


@blueprint.get("/review/decide")
def decide() -> Response:
    """Show the form for a kind of decision, with what the address says already, or the list of kinds."""
    if g.editor is None:
        return _to_sign_in()
    given = request.args.to_dict()
    kind = given.pop("kind", "")
    if kind and kind not in KINDS:
        raise BadParameter("kind", "must-be-one-of", choices=", ".join(KINDS))
    return make_response(_asked(kind, given, ""))


@blueprint.post("/review/decide")
def decided() -> Response:
    """Take down what a form decides, and lead back; the form again, with what is wrong, if it cannot be."""
    form = form_of_editor()
    try:
        draft = checked(_draft(form.to_dict()))
        expected = form.get("version", "") if draft.get("term") or "decision" in draft else ""
        taken_down(g.editor, draft, key=form.get("key", ""), expected=expected)
    except (DecisionError, BadBody, NotFound) as error:
        given = {**named(_said(form.to_dict())), "next": form.get("next", "")}
        kind = str(given.pop("kind", ""))
        page = _asked(kind if kind in KINDS else "", given, _wrong(error))
        return make_response(page, 412 if isinstance(error, DecisionOutdated) else kind_of(error).status)
    return make_response(redirect(local(form.get("next", "")) or to("pages.review"), 303))


def _said(form: dict[str, str]) -> dict[str, Any]:
    """Return the fields of a decision in a form: those of an answer, or those that were filled in."""
    if "draft" in form:
        try:
            said = orjson.loads(form["draft"])
        except orjson.JSONDecodeError:
            said = None
        return {**(said if isinstance(said, dict) else {}), "why": form.get("why", "").strip()}
    kind = KINDS.get(form.get("kind", ""))
    known = ("kind", "why", *kind.needs, *kind.may) if kind else ("kind",)
    filled = {name: form[name].replace("\r\n", "\n").strip() for name in known if name in form}
    return {name: value for name, value in filled.items() if value or name in ("why", "text")}


def _draft(form: dict[str, str]) -> dict[str, Any]:
    """Return the draft of a form, its passages read. Raises DecisionError, ReportNotFound."""
    said = _said(form)
    return {
        name: _passage(value) if name in PASSAGES and isinstance(value, str) else value for name, value in said.items()
    }


def _passage(said: str) -> Any:
    if said.startswith("{"):  # chosen from a list, and not typed
        try:
            return orjson.loads(said)
        except orjson.JSONDecodeError:
            pass
    return plain(passage_said(g.edition, said))


def _wrong(error: DecisionError | BadBody | NotFound) -> str:
    if isinstance(error, BadBody):
        return "; ".join(f"{fault.pointer.strip('/')}: {in_words(fault.advice)}" for fault in error.errors)
    return in_words(error.advice)


def _asked(kind: str, given: dict[str, str], refused: str) -> str:
    following = local(given.pop("next", request.args.get("next", "")))
    term = given.get("term", "")
    version = version_of(decided_so_far(), fold_name(term)) if term and fold_name(term) else ""
    form = form_for(kind, {}, filled=given) if kind else None
    return render_template(
        "decide.html", form=form, kinds=list(KINDS), refused=refused, next=following, version=version, term=term
    )


def _to_sign_in() -> Response:
    asked = request.full_path.rstrip("?")
    return make_response(redirect(to("pages.sign_in", next=request.script_root + asked), 303))
