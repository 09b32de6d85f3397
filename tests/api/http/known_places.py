"""Places for schemathesis to ask for: OpenAPI can say that a text is a place, and not which places are known."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies

schemathesis.openapi.format("place", strategies.sampled_from(["昆山市", "虎丘", "苏州市太仓市", "320583", "110105"]))
