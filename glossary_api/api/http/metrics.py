"""Count what a server does, for Prometheus: `/metrics`, the sum of all processes.

The figures are for whoever can ask the program itself: a request that came through a proxy finds nothing there.
"""

from __future__ import annotations

import importlib.metadata
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from glossary_api.api.annotate.request import CHARACTERS
from glossary_api.api.http.answers import edition_of
from glossary_api.api.http.problems import PROBLEM
from glossary_api.errors import ServerError
from glossary_api.settings import folder_of_counts

PATH = "/metrics"
_THROUGH_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """Wrap a WSGI application, count its requests, and answer `/metrics`."""

    def __init__(self, app: Flask) -> None:
        """Wrap what the application has now. Raises ServerError where prometheus_client is missing."""
        folder = folder_of_counts()  # prometheus_client looks for it when it is imported
        try:
            import prometheus_client
        except ImportError:
            raise ServerError("metrics-need-package", remedy="install-metrics") from None
        registry = prometheus_client.CollectorRegistry()
        self._folder, self._prometheus = str(folder), prometheus_client
        self._app, self._next, self._edition = app, app.wsgi_app, edition_of(app)
        self._urls = app.url_map.bind("")

        def counter(name: str, text: str, *labels: str) -> Any:
            return prometheus_client.Counter(f"glossary_{name}", text, labels, registry=registry)

        self._requests = counter("requests", "Requests by method, route and status.", "method", "route", "status")
        self._refusals = counter("refusals", "Requests that got a problem, by its kind.", "problem")
        self._characters = counter("annotate_characters", "Characters of the texts sent to be annotated.")
        self._swaps = counter("edition_swaps", "New editions taken up; each process does so by itself.")
        self._seconds = prometheus_client.Histogram(
            "glossary_request_seconds",
            "Seconds until an answer begins, by route.",
            ["route"],
            buckets=_SECONDS,
            registry=registry,
        )

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as PEP 3333 says."""
        if environ["PATH_INFO"] == PATH and not any(name in environ for name in _THROUGH_PROXY):
            return self._shown(start_response)
        statuses: list[str] = []

        def start(status: str, *rest: Any) -> Any:
            statuses[:] = [status]
            return start_response(status, *rest)

        CHARACTERS.set(0)
        began = time.perf_counter()
        body = self._next(environ, start)
        self._count(environ, statuses[0][:3], time.perf_counter() - began)
        return body

    def _count(self, environ: dict[str, Any], status: str, seconds: float) -> None:
        method = environ["REQUEST_METHOD"]
        route = self._route(environ["PATH_INFO"], method)
        self._requests.labels(method if method in _METHODS else "other", route, status).inc()
        self._seconds.labels(route).observe(seconds)
        if PROBLEM in environ:
            self._refusals.labels(environ[PROBLEM]).inc()
        if characters := CHARACTERS.get():
            self._characters.inc(characters)
        edition = edition_of(self._app)
        if edition is not self._edition:
            self._edition = edition
            self._swaps.inc()

    def _route(self, path: str, method: str) -> str:
        """Return the pattern of a path, since there are more paths than a time series database takes."""
        try:
            rule, _ = self._urls.match(path, "GET" if method == "HEAD" else method, return_rule=True)
        except HTTPException:
            return "none"
        return str(rule)

    def _shown(self, start_response: Callable[..., Any]) -> Iterable[bytes]:
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._prometheus.CollectorRegistry()
        MultiProcessCollector(registry, path=self._folder)  # type: ignore[no-untyped-call]
        registry.register(_EditionCollector(self._app, self._prometheus))
        body: bytes = self._prometheus.generate_latest(registry)
        head = [("Content-Type", self._prometheus.CONTENT_TYPE_PLAIN_0_0_4), ("Content-Length", str(len(body)))]
        start_response("200 OK", [*head, ("Cache-Control", "private, no-store"), ("X-Content-Type-Options", "nosniff")])
        return [body]


class _EditionCollector:
    """Figures about the edition that is served now."""

    def __init__(self, app: Flask, prometheus: Any) -> None:
        self._edition, self._prometheus = edition_of(app), prometheus

    def collect(self) -> Iterator[Any]:
        """Yield the edition's hash and age."""
        gauge = self._prometheus.metrics_core.GaugeMetricFamily
        info = gauge("glossary_edition_info", "The edition that is served, and by what.", labels=("hash", "program"))
        info.add_metric((self._edition.hash, importlib.metadata.version("glossary-api")), 1)
        yield info
        age = time.time() - self._edition.modified
        yield gauge("glossary_edition_age_seconds", "Seconds since the edition was made.", value=age)
