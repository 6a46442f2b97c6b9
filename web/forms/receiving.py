"""Reading what a form brings: documents stay in memory until they are sealed."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from web.forms.fields import MOST_FILES, Filled, GivenFile
from web.guards.bodies import LARGE, SMALL
from web.guards.texts import check_fields

_MOST_FIELDS = 500


class _InMemory(MultiPartParser):
    # The library lays files above this size on the disk, where nothing unsealed may be.
    spool_max_size = LARGE


async def filled_in(request: Request) -> Filled:
    """Return what a form brings; how large it may be has been guarded.

    Raises:
        HTTPException: it is no form.
        InvalidInput: something in it is no text.
    """
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        async with request.form(max_fields=_MOST_FIELDS) as given:
            return await _read(given)
    parser = _InMemory(
        request.headers,
        _stream(request),
        max_files=MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=SMALL,
    )
    try:
        given = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from error
    try:
        return await _read(given)
    finally:
        await given.close()


async def _stream(request: Request) -> AsyncGenerator[bytes, None]:
    async for part in request.stream():
        yield part


async def _read(given: FormData) -> Filled:
    check_fields(given)
    values: dict[str, list[str]] = {}
    files: dict[str, GivenFile] = {}
    for name, value in given.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                files[name] = GivenFile(value.filename, await value.read())
        else:
            values.setdefault(name, []).append(value)
    return Filled(values, files)
