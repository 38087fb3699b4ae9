"""Traces by OpenTelemetry, where NHIP_OTLP_ENDPOINT says who takes them: batches written, questions, requests, digests.

The rooms only name their spans. What of a span leaves the process is decided here, once: counts and names of ours, no
statement, no parameter, no address, no message of an error.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from opentelemetry import trace

from deploy.settings import Settings
from metrics.errors import Misconfigured

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider

CARRIED = frozenset({"nhip.topic", "nhip.partitions", "nhip.rows", "nhip.period", "http.route", "http.request.method",
                     "http.response.status_code"})  # fmt: skip
"""Attributes that may leave."""


def begin(settings: Settings) -> None:
    """Once in a process. Without the setting nothing is loaded, and naming a span costs next to nothing."""
    if settings.otlp_endpoint:
        token = settings.otlp_token.get_secret_value() if settings.otlp_token else ""
        trace.set_tracer_provider(provider(settings.otlp_endpoint, token))


def provider(endpoint: str, token: str) -> "TracerProvider":
    """Spans are sent in batches, and what is left when the process ends."""
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise Misconfigured(["NHIP_OTLP_ENDPOINT: traces need `pip install 'nhip[traces]'`"]) from None

    class Bare(OTLPSpanExporter):
        def export(self, spans: Sequence["ReadableSpan"]):  # type: ignore[no-untyped-def]  # noqa: ANN202
            return super().export([bare(span) for span in spans])

    headers = {"Authorization": f"Bearer {token}"} if token else {}
    made = TracerProvider(resource=Resource.create({"service.name": f"nhip-{Path(sys.argv[0]).stem}"}))
    made.add_span_processor(BatchSpanProcessor(Bare(f"{endpoint}/v1/traces", headers=headers)))
    return made


def bare(span: "ReadableSpan") -> "ReadableSpan":
    """The span without all that was not named above: of an error that there was one."""
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415

    return ReadableSpan(
        span.name,
        span.context,
        span.parent,
        span.resource,
        {name: value for name, value in (span.attributes or {}).items() if name in CARRIED},
        kind=span.kind,
        status=trace.Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
