"""A new file is there whole or not at all, and never in the place of another."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from commands.ledger.keys import read_keys
from commands.terminal.files import content, new_file, read_bytes, read_form, read_text
from models.errors import InvalidInput
from policies.documents import DOCUMENTS


def test_of_many_that_write_one_file_at_once_one_succeeds(tmp_path: Path) -> None:
    for turn in range(20):
        path, together = tmp_path / str(turn), Barrier(8)

        def write(
            number: int, path: Path = path, together: Barrier = together
        ) -> int | None:
            together.wait()
            try:
                with new_file(path) as file:
                    file.write(b"%d" % number * 1000)
            except InvalidInput:
                return None
            return number

        with ThreadPoolExecutor(8) as pool:
            (won,) = [n for n in pool.map(write, range(8)) if n is not None]
        assert path.read_bytes() == b"%d" % won * 1000
    assert not list(tmp_path.glob("*.part"))


def test_what_comes_while_a_file_is_written_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "made"

    with pytest.raises(InvalidInput, match="cannot be written: file exists"):
        with new_file(path) as file:
            file.write(b"mine")
            path.write_bytes(b"theirs")

    assert path.read_bytes() == b"theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["made"]


def test_a_file_that_was_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        with new_file(tmp_path / "made") as file:
            file.write(bytes(1 // 0))

    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_and_a_missing_directory_are_said_plainly(
    tmp_path: Path,
) -> None:
    (tmp_path / "there").touch()
    for path, said in (
        (tmp_path / "there", "it is there already"),
        (tmp_path / "none" / "made", "no such file"),
    ):
        with pytest.raises(InvalidInput, match=said):
            with new_file(path):
                pass


def words_of(path: Path) -> object:
    return read_text(f"@{path}")


def document_of(path: Path) -> object:
    return content(None, path)


READINGS = (words_of, document_of, read_form, read_keys)


@pytest.mark.parametrize("read", READINGS)
def test_what_is_given_is_a_regular_file(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(InvalidInput, match="is no regular file"):
            read(path)
    with pytest.raises(InvalidInput, match="no such file"):
        read(tmp_path / "absent")


@pytest.mark.parametrize("read", READINGS)
def test_a_file_that_is_too_large_is_named(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    path = tmp_path / "scan.pdf"
    with path.open("wb") as file:
        file.truncate(DOCUMENTS.largest + 1)

    with pytest.raises(InvalidInput, match=r"scan.pdf` is larger than (20|1) MB"):
        read(path)


def test_a_file_may_be_as_large_as_a_document(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    with path.open("wb") as file:
        file.truncate(DOCUMENTS.largest)

    assert len(read_bytes(path)) == DOCUMENTS.largest


def test_standard_input_that_never_ends_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr("sys.stdin", endless)

        with pytest.raises(InvalidInput, match="standard input is larger than 20 MB"):
            read_text("@-")
