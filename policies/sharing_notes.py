"""What a lawyer reads beside each sharing policy: article, mark, what to confirm.

The comment right above a policy says it, in lines that begin with the article:

    // LVP art. 30: data are kept no longer than the law or the giver allows.
    // To confirm: does this hold for copies?
    @id("expired")
    @mark("A")
    forbid ...

A blank line ends a policy. The mark is that of a pack's row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import cedarpy

from models.law.rows import Mark
from policies.sharing_files import SCHEMA_FILE, Sources, refusal

_ARTICLE = re.compile(r"^([A-Z][^:]*\bart\. [^:]+): ")
_TO_CONFIRM = "To confirm: "


@dataclass(frozen=True)
class PolicyNote:
    """One policy as a lawyer sees it.

    Attributes:
        id, file: where it stands.
        effect: `permit` or `forbid`.
        articles: those that its comment names, in its order.
        mark: how sure we are, as in a pack; empty if the policy does not say.
        to_confirm: the question to counsel; empty if there is none.
    """

    id: str
    file: str
    effect: str
    articles: tuple[str, ...]
    mark: str
    to_confirm: str


def read_notes(sources: Sources) -> Mapping[str, PolicyNote]:
    """Return what stands beside each policy, by id; what is missing is left empty."""
    return {
        note.id: note
        for file in sorted(sources)
        if file != SCHEMA_FILE
        for note in _notes(file, sources[file])
    }


def check_notes(notes: Mapping[str, PolicyNote]) -> None:
    """Refuse a policy without article or mark, or not sure and without a question.

    Raises:
        NotConfigured: one is missing; details carry `file` and `reason`.
    """
    for note in notes.values():
        if not note.articles:
            raise refusal(note.file, f"no comment above `{note.id}` names its article")
        if note.mark not in set(Mark):
            raise refusal(note.file, f"`{note.id}` has no `@mark` that packs use")
        if note.mark != Mark.FOUND and not note.to_confirm:
            raise refusal(
                note.file,
                f"`{note.id}` is marked `{note.mark}` and asks counsel nothing:"
                f" write `// {_TO_CONFIRM}...` above it",
            )


def _notes(file: str, text: str) -> Iterator[PolicyNote]:
    for policy in cedarpy.policies_to_pst(text).static_policies.values():
        identifier = policy.annotations["id"]
        said, _, asked = _comment(text, identifier).partition(f"\n{_TO_CONFIRM}")
        found = (_ARTICLE.match(line) for line in said.splitlines())
        yield PolicyNote(
            id=identifier,
            file=file,
            effect=policy.effect,
            articles=tuple(match[1] for match in found if match),
            mark=policy.annotations.get("mark", ""),
            to_confirm=" ".join(asked.split()),
        )


def _comment(text: str, identifier: str) -> str:
    """Return the comment of the block in which a policy stands, without slashes."""
    mark = f'@id("{identifier}")'
    block = next((each for each in text.split("\n\n") if mark in each), "")
    lines = (line.removeprefix("//").strip() for line in _leading(block))
    return "\n".join(lines)


def _leading(block: str) -> Iterator[str]:
    for line in block.strip().splitlines():
        if not line.startswith("//"):
            return
        yield line
