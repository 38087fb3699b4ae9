"""The OpenAPI description of `POST /v1/…`, made of the records themselves."""

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from ingest.national import FILE_KINDS, FileKind

_REJECTED = {
    "type": "object",
    "required": ["line", "reason"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "reason": {"type": "string"}},
}
_TAKEN = {
    "type": "object",
    "required": ["accepted", "rejected"],
    "properties": {"accepted": {"type": "integer"}, "rejected": {"type": "array", "items": _REJECTED}},
}
_REFUSED = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
_COME_AGAIN = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
_REFUSALS = {
    "401": "no token that is known",
    "403": "the token may not send this kind",
    "408": "the body did not come in time",
    "413": "more than 16 MiB, or more than 64 MiB unpacked",
    "415": "a Content-Encoding other than gzip",
    "422": "the Idempotency-Key came with other records before",
    "429": "too many requests with this token",
    "503": "Kafka is away, or too much is waiting for it: nothing is promised, send it again",
}


@lru_cache(maxsize=1)
def described() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "nhip ingest", "version": "1"},
        "security": [{"token": []}],
        "paths": {f"/v1/{kind.name}": {"post": _post(kind)} for kind in FILE_KINDS},
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _post(kind: FileKind) -> dict[str, Any]:
    record = TypeAdapter(kind.record).json_schema(by_alias=True, ref_template="#/$defs/{model}")
    some = {"anyOf": [record, {"type": "array", "items": record}, _enveloped(record)]}
    lines = {"schema": {"type": "string", "description": "one record a line"}}
    return {
        "summary": f"records as in {kind.name}*.jsonl",
        "operationId": f"post_{kind.name}",
        "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 200}}],
        "requestBody": {
            "required": True,
            "description": "perhaps with Content-Encoding: gzip",
            "content": {"application/json": {"schema": some}, "application/x-ndjson": lines},
        },
        "responses": {
            "202": _answer("Kafka has acknowledged what was accepted; rejected lines are dead letters", _TAKEN),
            "400": _answer("nothing could be read", _REFUSED),
            **{status: _refusal(status, why) for status, why in _REFUSALS.items()},
        },
    }


def _enveloped(record: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": record}}}


def _answer(why: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": why, "content": {"application/json": {"schema": schema}}}


def _refusal(status: str, why: str) -> dict[str, Any]:
    return _answer(why, _REFUSED) | ({"headers": _COME_AGAIN} if status in {"429", "503"} else {})
