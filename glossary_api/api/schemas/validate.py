"""Marshmallow's validators, whose complaints are messages by code. Those that come from it say the same to OpenAPI."""

from __future__ import annotations

from typing import Any

from marshmallow import validate

from glossary_api.model.messages import Message


class Length(validate.Length):
    """Check that a text or a list is neither too long nor too short."""

    def _format_error(self, value: Any, message: str) -> Any:
        if isinstance(value, str):
            code = "must-have-at-most-characters" if self.min is None else "must-have-characters"
        else:
            code = "must-not-be-empty" if self.max is None else "must-have-items"
        return [Message(code, min=self.min, max=self.max)]


class Range(validate.Range):
    """Check that a number is neither too small nor too large."""

    def _format_error(self, value: Any, message: str) -> Any:
        code = "must-be-at-least" if self.max is None else "must-be-between"
        return [Message(code, min=self.min, max=self.max)]


class OneOf(validate.OneOf):
    """Check that a value is one of several."""

    def _format_error(self, value: Any) -> Any:
        return [Message("must-be-one-of", choices=self.choices_text)]


class Equal(validate.Equal):
    """Check that a value is a certain one."""

    def _format_error(self, value: Any) -> Any:
        return [Message("must-be-one-of", choices=self.comparable)]


class Regexp(validate.Regexp):
    """Check that a text has a form; `error` is the code of the message if it has not."""

    def _format_error(self, value: Any) -> Any:
        return [Message(self.error or "is-not-valid")]
