"""Where browsers report what the Content-Security-Policy kept from loading."""

import json
import logging

from fastapi import APIRouter, Request
from starlette.responses import Response

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
LONGEST, SHOWN = 16 * 1024, 500


@router.post("/csp-report", status_code=204)
async def report(request: Request) -> Response:
    """One line in the log, in ASCII: it is a stranger's text."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return Response(status_code=413)
    log.warning("a browser reports: %s", json.dumps(body.decode(errors="replace"))[:SHOWN])
    return Response(status_code=204)
