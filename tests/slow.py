"""Mark the tests that `-m "not slow and not browser"` leaves out, in one list, by what makes them slow."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_BROWSER = "browser"
_SLOW = (
    # Whole files and folders: they start processes, servers or foreign programs, or read files of other makers.
    "api/http/test_fuzz.py",
    "api/http/test_gunicorn.py",
    "api/test_swap.py",
    "cli",
    "deploy/test_deploy.py",
    "conformance/test_exports.py",
    "conformance/test_packs.py",
    "curation/test_example.py",
    "curation/test_rebuild.py",
    "conformance/test_tbx.py",
    "exports/test_extension.py",
    "exports/test_packs.py",
    "exports/test_round_trips.py",
    "extension",
    "mcp",
    "reading/test_file_kinds.py",
    "reading/test_hostile.py",
    "reading/test_pdf.py",
    "reading/test_twins.py",
    "serving/test_slow_clients.py",
    "test_doubling.py",
    "test_server.py",
    # Single tests: the longest texts that are taken, or many texts by chance.
    "api/http/test_openapi.py::test_document_is_valid",
    "api/routes/test_lint.py::test_no_text_is_too_odd",
    "api/routes/test_lookup.py::test_as_many_as_there_may_be",
    "api/routes/test_report_glossary.py::test_word_takes_any_text",
    "harvesting/test_harvest.py::test_another_input_another_edition",
    "harvesting/test_harvest.py::test_same_input_same_edition",
    "parsing/test_parse.py::test_hostile_texts",
    "parsing/test_parse.py::test_texts_at_the_limits",
    "queries/test_search.py::test_random_data_against_like",
    "queries/test_served.py::test_a_swap_frees_the_edition_before_it",
    "queries/test_suggest.py::test_against_the_plain_truth",
    "site/test_annotate.py::test_a_long_text_is_taken",
    "site/test_annotate.py::test_too_many_signs_are_annotated_but_not_checked",
    "site/test_pages.py::test_text_of_reports_is_never_markup",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, and what is slow."""
    for item in items:
        path = item.path.relative_to(_HERE)
        if _BROWSER in path.parts:
            item.add_marker(pytest.mark.browser)
        names = {parent.as_posix() for parent in (path, *path.parents)}
        names.add(f"{path.as_posix()}::{getattr(item, 'originalname', item.name)}")
        if not names.isdisjoint(_SLOW):
            item.add_marker(pytest.mark.slow)


def missing() -> list[str]:
    """Return what the list names and no file has."""
    return [name for name in _SLOW if not _is_there(*name.partition("::")[::2])]


def _is_there(path: str, test: str) -> bool:
    file = _HERE / path
    return file.exists() and (not test or f"def {test}(" in file.read_text("utf-8"))
