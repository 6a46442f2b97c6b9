"""Files that officers write, and those that are written for them."""

from __future__ import annotations

import base64
import errno
import os
import sys
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from models.errors import InvalidInput
from models.faults import faults
from models.texts import is_text, says_something
from policies.documents import DOCUMENTS

Form = TypeVar("Form", bound=BaseModel)

_LARGEST_FORM = 1_000_000  # bytes; whatever is longer is a document


def check_words(given: Iterable[str]) -> None:
    """Refuse words with bytes in them that are no text.

    Raises:
        InvalidInput: nothing can be kept, looked for or shown under them.
    """
    if not all(map(is_text, given)):
        raise InvalidInput(
            "what was typed is not text in UTF-8",
            help="type it again, or set the terminal to UTF-8",
        )


def read_text(given: str) -> str:
    """Return the words given, or those of `@FILE`, or of standard input for `@-`.

    `@@` at the start stands for one `@` that is meant as such.

    Raises:
        InvalidInput: the file cannot be read, or is not text.
    """
    if not given.startswith("@"):
        return given
    if given.startswith("@@"):
        return given[1:]
    raw = _typed_in() if given == "@-" else read_bytes(Path(given[1:]))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise InvalidInput(
            f"`{given[1:]}` is not text in UTF-8",
            help="add it as a document with `estafette item add --file`",
        ) from None


def read_words(option: str, given: str) -> str:
    """Do the same as `read_text`, for an option with which something must be said.

    Raises:
        InvalidInput: as for `read_text`, or nothing is said.
    """
    found = read_text(given)
    if not says_something(found):
        raise InvalidInput(f"`{option}` is empty", help="write something in it")
    return found


def read_bytes(path: Path, most: int | None = DOCUMENTS.largest) -> bytes:
    """Return what a file holds, which has `most` bytes at most if that is not None.

    Raises:
        InvalidInput: it cannot be read, is no regular file, or is larger.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe may never end, or begin
            raise InvalidInput(
                f"`{path}` is no regular file", help="save it as a file, and give that"
            )
        with path.open("rb") as file:
            body = file.read(-1 if most is None else most + 1)
    except OSError as error:
        raise _unread(path, error) from None
    if most is not None and len(body) > most:
        raise _too_large(f"`{path}`", most)
    return body


def _typed_in() -> bytes:
    """Return what comes on standard input, which may never end."""
    body = sys.stdin.buffer.read(DOCUMENTS.largest + 1)
    if len(body) > DOCUMENTS.largest:
        raise _too_large("what comes on standard input", DOCUMENTS.largest)
    return body


def _too_large(what: str, most: int) -> InvalidInput:
    return InvalidInput(
        f"{what} is larger than {most // 1_000_000} MB",
        help="split it, or leave out what is not needed, such as pictures",
    )


def content(words: str | None, path: Path | None) -> dict[str, Any]:
    """Return the fields of what acts say of an item: words, or a document and its name.

    Raises:
        InvalidInput: as for `read_bytes`.
    """
    if path is None:
        return {"text": words}
    return {"document": base64.b64encode(read_bytes(path)), "name": path.name}


def read_form(path: Path) -> dict[str, Any]:
    """Return the fields of a YAML or JSON file, of a megabyte at most.

    Raises:
        InvalidInput: as for `read_bytes`, or names the line that is wrong.
    """
    try:
        body = read_bytes(path, _LARGEST_FORM)
        found = yaml.load(body, _AsWritten)  # noqa: S506 - a safe loader
    except RecursionError:
        raise InvalidInput(
            f"`{path}` is nested too deeply", help="write it as YAML or JSON"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "it is not text"
        raise InvalidInput(
            f"`{path}`{where}: {reason}", help="write it as YAML or JSON"
        ) from None
    if not isinstance(found, dict):
        raise InvalidInput(f"`{path}` has no fields", help="write `name: value` lines")
    return found


def fill(form: type[Form], values: dict[str, Any], path: Path) -> Form:
    """Return the checked form that the fields of a file make.

    Raises:
        InvalidInput: names every field that does not hold, and why.
    """
    try:
        return form.model_validate(values)
    except ValidationError as error:
        raise InvalidInput(
            f"`{path}` does not hold: {'; '.join(faults(error))}",
            help="correct the file and try again",
        ) from None


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Lend a private new file that is there whole, or not at all.

    Of several that write it at the same time one succeeds; none replaces another's.

    Raises:
        InvalidInput: there is such a file, or it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    with _said_plainly(path):
        if path.exists():
            raise FileExistsError(errno.EEXIST, "it is there already")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        with _said_plainly(path):
            path.hardlink_to(part)  # to rename it would replace what came meanwhile
    finally:
        part.unlink()


def _unread(path: Path, error: OSError) -> InvalidInput:
    return InvalidInput(
        f"`{path}` cannot be read: {(error.strerror or 'no such file').lower()}",
        help="check the path, and that this account may read it",
    )


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            f"`{path}` cannot be written: {(error.strerror or 'not possible').lower()}",
            help="name a new file in a directory of yours",
        ) from None


class _AsWritten(yaml.SafeLoader):
    """YAML in which `0123` and `2026-03-02` stay the words they are."""

    def construct_scalar(self, node: Any) -> Any:
        if not is_text(node.value):
            raise yaml.MarkedYAMLError(
                problem="it is not text", problem_mark=node.start_mark
            )
        return super().construct_scalar(node)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            name = str(key.value)  # of one with parts too, which is refused below
            if name in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"`{name}` is there twice", problem_mark=node.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


_AsWritten.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag == "tag:yaml.org,2002:null"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
