"""Rulings on reading and disclosing: the one place that asks the policy engine.

The rules are the files in `policies/sharing/`; this module knows none of them. It
turns facts into a question, and the engine's answer into a ruling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

import cedarpy
import orjson

from models.errors import InvalidInput
from models.rulings import Ruling, SharingFacts, Verdict
from policies import sharing_files
from policies.sharing_files import LANGUAGES, SHARING_ROOT, Sources, Texts
from policies.sharing_notes import PolicyNote, check_notes, read_notes
from policies.sharing_requests import Declared, entities_of, request_of

NO_POLICY = "no-policy"
ENGINE_ERROR = "engine-error"
ENGINE = f"cedarpy {version('cedarpy')}"

Answer = tuple[Verdict, tuple[str, ...], tuple[str, ...]]
"""A verdict, the policies that decided it, and the errors of the engine."""

# What facts of the wrong shape bring about, here or in the engine.
_UNDECIDABLE = (ValueError, TypeError, AttributeError)


class SharingPolicies:
    """The sharing policies in force: parsed once, immutable, without effects.

    Whatever can be wrong with the files is found when this is made. Deciding never
    raises: what cannot be decided is denied, and the ruling says so.

    Args:
        sources: file name to text, of every policy file and of the schema.
        texts: policy id to language to sentence; may be empty where old rulings
            are replayed from stored sources.

    Raises:
        NotConfigured: a text does not hold; details carry `file` and `reason`.
    """

    def __init__(self, sources: Sources, texts: Texts) -> None:
        self._sources = dict(sources)
        self._texts = texts
        self._parsed = sharing_files.parse_sharing(sources)
        # The same question has the same answer: an officer opens a case many times.
        self._answer = lru_cache(maxsize=4096)(self._ask)

    @classmethod
    def load(cls, root: Path = SHARING_ROOT) -> SharingPolicies:
        """Read and check the policies, the schema and the sentences in `root`.

        Raises:
            NotConfigured: a file is missing or does not hold; details carry `file`
                and `reason`.
        """
        texts = sharing_files.read_texts(root)
        policies = cls(sharing_files.read_sources(root), texts)
        check_notes(policies.notes)
        answers = [NO_POLICY, ENGINE_ERROR, *Verdict]
        sharing_files.check_texts([*policies.ids, *answers], texts)
        return policies

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the sorted ids of the policies."""
        return self._parsed.ids

    @property
    def digest(self) -> str:
        """Return the SHA-256 (hex) of policy texts and schema."""
        return self._parsed.digest

    @property
    def engine(self) -> str:
        """Return name and version of the engine."""
        return ENGINE

    @property
    def sources(self) -> Mapping[str, str]:
        """Return what to store under `digest`, so that rulings can be replayed."""
        return MappingProxyType(self._sources)

    @property
    def declared(self) -> Declared:
        """Return the facts that the schema declares; no other is sent to the engine."""
        return self._parsed.declared

    @cached_property
    def notes(self) -> Mapping[str, PolicyNote]:
        """Return file, article and mark of each policy, by id."""
        return read_notes(self._sources)

    def decide(self, facts: SharingFacts) -> Ruling:
        """Rule on one read or disclosure.

        Nothing is allowed unless a permit fires, no forbid fires and the engine
        reports no error. The last matters: Cedar skips a policy that fails, so a
        failing forbid would open the door. If only policies that bear `@ask` stand
        in the way, and without them it would be allowed, the originator may be asked.
        """
        try:
            return self._decide(facts)
        except _UNDECIDABLE as error:
            return self._ruling(facts, Verdict.DENY, errors=[str(error)])

    def explain(self, ruling: Ruling, language: str) -> tuple[str, ...]:
        """Return the reasons of a ruling as sentences, one per deciding policy.

        Not for an officer from whom the item's existence is secret: show such a
        reader what is shown where there is nothing (LVP art. 45). A policy that has
        no sentence, because the ruling is of another version, is named by its id.

        Raises:
            InvalidInput: no sentences are written in `language`.
        """
        _check_language(language)
        ids = [*ruling.policies, *([ENGINE_ERROR] if ruling.errors else [])]
        return tuple(
            self._texts.get(each, {}).get(language, each) for each in ids or [NO_POLICY]
        )

    def said_in(self, language: str, english: str) -> str:
        """Return reasons that were written in English in another language.

        Raises:
            InvalidInput: no sentences are written in `language`.
        """
        _check_language(language)
        for each in self._texts.values():
            english = english.replace(each["en"], each[language])
        return english

    def answer(self, ruling: Ruling, language: str) -> str:
        """Return the answer of a ruling as a sentence.

        Raises:
            InvalidInput: no sentences are written in `language`.
        """
        _check_language(language)
        return self._texts.get(ruling.verdict, {}).get(language, ruling.verdict)

    def _decide(self, facts: SharingFacts) -> Ruling:
        request = orjson.dumps(request_of(facts, self.declared))
        verdict, reasons, errors = self._answer(
            request, entities_of(facts, self.declared)
        )
        return self._ruling(facts, verdict, reasons, errors)

    def _ask(self, request: bytes, entities: str) -> Answer:
        parsed = self._parsed
        ask = partial(
            cedarpy.is_authorized,
            orjson.loads(request),
            entities=cedarpy.Entities.from_json_str(entities, parsed.schema),
            schema=parsed.schema,
        )
        answer = ask(policies=parsed.policies)
        reasons, errors = answer.diagnostics.reasons, answer.diagnostics.errors
        if answer.allowed:
            if errors:  # those permits no longer decide anything
                return Verdict.DENY, (), tuple(errors)
            return Verdict.ALLOW, tuple(reasons), ()
        verdict = Verdict.DENY
        if reasons and not errors and parsed.asking.issuperset(reasons):
            without = ask(policies=parsed.unasked)
            if without.allowed and not without.diagnostics.errors:
                verdict = Verdict.ASK
        return verdict, tuple(reasons), tuple(errors)

    def _ruling(
        self,
        facts: SharingFacts,
        verdict: Verdict,
        policies: Iterable[str] = (),
        errors: Iterable[str] = (),
    ) -> Ruling:
        """Make a ruling; the engine's order differs per process, hence sorted."""
        return Ruling(
            verdict=verdict,
            policies=tuple(sorted(policies)),
            errors=tuple(sorted(errors)),
            digest=self.digest,
            engine=self.engine,
            facts=facts,
        )


def _check_language(language: str) -> None:
    if language not in LANGUAGES:
        known = ", ".join(f"`{each}`" for each in LANGUAGES)
        raise InvalidInput(
            f"no reasons are written in `{language}`", help=f"choose one of {known}"
        )
