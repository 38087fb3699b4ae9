"""Charts by their own addresses: as an image that needs no JavaScript, and as what the browser draws it from."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
