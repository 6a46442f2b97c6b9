"""The files of `policies/sharing/`: read and checked whole, once, at start."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import cedarpy
import yaml
from cedarpy import pst
from pydantic import TypeAdapter, ValidationError

from models.errors import NotConfigured
from policies.plain_yaml import read_yaml
from policies.sharing_requests import Declared

SHARING_ROOT = Path(__file__).parent / "sharing"
SCHEMA_FILE = "sharing.cedarschema"
TEXTS_FILE = "texts.yaml"
LANGUAGES = ("fr", "nl", "de", "en")

Sources = Mapping[str, str]
Texts = Mapping[str, Mapping[str, str]]

# What a request brings along. Everything else that a policy names is a word.
_PARTICULARS = frozenset({"Officer", "Agency", "Item"})

_NOTES = {"id", "mark", "ask"}
_ASKING = {("permit", None), ("forbid", None), ("forbid", "originator")}
_COMMENT = re.compile(r"//[^\n]*")
_BLOCK = re.compile(
    r"(?:entity|type) (Officer|Item|Circumstances) = \{(.*?)\}", re.DOTALL
)
_ATTRIBUTE = re.compile(r"(\w+)\??:")

_TEXTS: TypeAdapter[dict[str, dict[str, str]]] = TypeAdapter(dict[str, dict[str, str]])


@dataclass(frozen=True)
class ParsedSharing:
    """Sharing policies that hold.

    Attributes:
        policies: the engine's handle; each policy bears its own `@id`.
        unasked: the same without the policies that only ask the originator.
        schema: the engine's handle.
        declared: the attributes that the schema declares, by what they belong to.
        ids: sorted ids of the policies.
        asking: those that bear `@ask`.
        digest: SHA-256 (hex) of names and texts of policies and schema.
    """

    policies: cedarpy.PolicySet
    unasked: cedarpy.PolicySet
    schema: cedarpy.Schema
    declared: Declared
    ids: tuple[str, ...]
    asking: frozenset[str]
    digest: str


def read_sources(root: Path) -> dict[str, str]:
    """Read every policy file and the schema: file name to text.

    Raises:
        NotConfigured: a file cannot be read; details carry `file` and `reason`.
    """
    names = sorted(path.name for path in root.glob("*.cedar"))
    return {name: _read(root / name) for name in [*names, SCHEMA_FILE]}


def read_texts(root: Path) -> Texts:
    """Read the sentences of each policy: id to language to sentence.

    Raises:
        NotConfigured: the file does not hold; details carry `file` and `reason`.
    """
    try:
        return _TEXTS.validate_python(read_yaml(_read(root / TEXTS_FILE)))
    except yaml.YAMLError as error:
        raise refusal(TEXTS_FILE, "it is not YAML") from error
    except ValidationError as error:
        reason = "it does not map ids to languages to sentences"
        raise refusal(TEXTS_FILE, reason) from error


def parse_sharing(sources: Sources) -> ParsedSharing:
    """Parse the texts of policies and schema and check them against each other.

    Raises:
        NotConfigured: a text does not hold; details carry `file` and `reason`.
    """
    schema = _parse_schema(sources)
    found: dict[str, pst.Template] = {}
    for file in (name for name in sorted(sources) if name != SCHEMA_FILE):
        for policy in _parse_policies(file, sources[file], schema):
            identifier = _identifier(file, policy)
            if identifier in found:
                raise refusal(file, f"the id `{identifier}` is used twice")
            found[identifier] = replace(policy, id=identifier)
    if not found:
        raise refusal("*.cedar", "there is no policy at all")
    asking = frozenset(each for each in found if "ask" in found[each].annotations)
    return ParsedSharing(
        policies=_policy_set(found),
        unasked=_policy_set({each: found[each] for each in set(found) - asking}),
        schema=schema,
        declared=_declared(sources[SCHEMA_FILE]),
        ids=tuple(sorted(found)),
        asking=asking,
        digest=_digest(sources),
    )


def check_texts(ids: Iterable[str], texts: Texts) -> None:
    """Refuse an id without its sentences, and sentences without their id.

    Raises:
        NotConfigured: they differ; details carry `file` and `reason`.
    """
    if odd := ", ".join(f"`{each}`" for each in sorted(set(ids) ^ set(texts))):
        raise refusal(TEXTS_FILE, f"its entries differ from the policies: {odd}")
    for identifier, sentences in texts.items():
        if set(sentences) != set(LANGUAGES) or not all(sentences.values()):
            languages = ", ".join(LANGUAGES)
            raise refusal(TEXTS_FILE, f"`{identifier}` is not in all of {languages}")


def refusal(file: str, reason: str) -> NotConfigured:
    """Return the error that stops a start-up: a file, and why it does not hold."""
    return NotConfigured(
        f"sharing policy file `{file}` does not hold: {reason}",
        help="correct the file; nothing is decided with policies that do not hold",
        file=file,
        reason=reason,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        reason = f"it cannot be read: {(why or 'unknown').lower()}"
        raise refusal(path.name, reason) from error


def _policy_set(policies: dict[str, pst.Template]) -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_pst(pst.PolicySet({}, policies, ()))


def _declared(schema: str) -> Declared:
    """Return what each of the three declares; the engine does not tell."""
    blocks = _BLOCK.findall(_COMMENT.sub("", schema))
    found = {name: frozenset(_ATTRIBUTE.findall(body)) for name, body in blocks}
    if len(found) != 3:
        raise refusal(SCHEMA_FILE, "it needs `Officer`, `Item` and `Circumstances`")
    return found


def _parse_schema(sources: Sources) -> cedarpy.Schema:
    try:
        return cedarpy.Schema.from_str(sources[SCHEMA_FILE])
    except KeyError as error:
        raise refusal(SCHEMA_FILE, "it is missing") from error
    except ValueError as error:
        raise refusal(SCHEMA_FILE, str(error)) from error


def _parse_policies(
    file: str, text: str, schema: cedarpy.Schema
) -> Iterable[pst.Template]:
    try:
        parsed = cedarpy.policies_to_pst(text)
    except ValueError as error:
        raise refusal(file, str(error)) from error
    if parsed.templates:
        raise refusal(file, "templates (`?principal`) are not used here")
    verdict = cedarpy.validate_policies(text, schema)
    if not verdict:
        raise refusal(file, "; ".join(each.error for each in verdict.errors))
    return parsed.static_policies.values()


def _identifier(file: str, policy: pst.Template) -> str:
    """Return the `@id` of a policy that has one and speaks of nobody in particular."""
    identifier = policy.annotations.get("id", "")
    if not identifier:
        raise refusal(file, "a policy has no `@id`")
    if odd := set(policy.annotations) - _NOTES:
        raise refusal(file, f"`{identifier}` has a note that means nothing: {odd}")
    if (policy.effect, policy.annotations.get("ask")) not in _ASKING:
        raise refusal(file, f"`{identifier}` cannot ask: see `originator.cedar`")
    named = {str(each.type) for each in pst.entity_uids(policy)} & _PARTICULARS
    if named:
        kinds = ", ".join(f"`{each}`" for each in sorted(named))
        raise refusal(file, f"`{identifier}` names a particular {kinds}")
    return identifier


def _digest(sources: Sources) -> str:
    """Hash names and texts, each preceded by its length so that none can shift."""
    state = hashlib.sha256()
    for part in (part for pair in sorted(sources.items()) for part in pair):
        raw = part.encode()
        state.update(len(raw).to_bytes(8, "big") + raw)
    return state.hexdigest()
