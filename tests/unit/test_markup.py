"""Words of office documents: read by parts, so that nobody waits for a large one."""

import time
from threading import Event, Thread

import pytest

from acts.drafts.archives import closed, words_of
from acts.drafts.markup import words_in
from models.errors import InvalidInput, NotPermitted
from policies.door import check_content
from tests.pieces.documents import archive

LONG = 3_000_000
SAID = "Un café, à 5 € – rien d'autre. " * 9_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-15"])
def test_words_are_the_same_wherever_they_are_parted(encoding: str) -> None:
    said = SAID.replace("–", "-") if encoding == "iso-8859-15" else SAID
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    part = f"{head}<a><p>{said}</p><p>{said}&amp;</p></a>".encode(encoding)

    assert words_in(part) == f"{said}\n{said}&\n"


@pytest.mark.parametrize(
    "mark",
    [
        b'<a b="%s"/>' % (b"x" * LONG),
        b"<a><!--%s--></a>" % (b"x" * LONG),
        b"<a %s/>" % b" ".join(b'b%d="x"' % n for n in range(LONG // 10)),
    ],
    ids=["attribute", "comment", "attributes"],
)
def test_a_mark_that_no_program_writes_is_refused(mark: bytes) -> None:
    with pytest.raises(ValueError, match="too long"):
        words_in(mark)
    with pytest.raises(InvalidInput, match=closed().message.partition(":")[0]):
        list(words_of(archive(word__document_xml=mark)))


def test_others_go_on_while_a_large_part_is_read() -> None:
    turns, over = [0], Event()

    def others() -> None:
        while not over.is_set():
            turns[0] += 1
            time.sleep(0)

    thread = Thread(target=others)
    thread.start()
    before = turns[0]
    words_in(b"<a>%s</a>" % (b"\n" * (10 * LONG)))
    went_on = turns[0] - before
    over.set()
    thread.join()

    assert went_on > 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028", "\x85", "\x1d"])
def test_a_marking_is_found_on_each_line_there_is(end: str) -> None:
    lines = [*map(str, range(20_000)), "Très  SECRET", "Rien"]

    with pytest.raises(NotPermitted):
        check_content(end.join(lines))
