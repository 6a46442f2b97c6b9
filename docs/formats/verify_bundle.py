"""Verify a bundle of Estafette: `python verify_bundle.py BUNDLE KEYS`.

Written from bundle.md alone; imports nothing of the product. Needs Python 3.11 and
`cryptography`. Numbers are its steps; timestamps are not looked at. Exit code 0 or 1.
"""

import base64
import hmac
import json
import re
import sys
from collections import Counter
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

FORMAT, LONGEST_LINE, DEEPEST, LARGEST = "estafette-bundle/1", 4_000_000, 64, 2**53 - 1
COSIGNS, SIGNS = 4, {"signature_algorithm": ec.ECDSA(hashes.SHA256())}
HASH, HEX = re.compile("[0-9a-f]{64}"), re.compile("([0-9a-f]{2})*")
NOTE = re.compile(r"([^\0-\t\v-\x1f\x7f]*\n)\n((?:— [^\s+\0-\x1f\x7f]+ [^\s]+\n)+)")
HEAD = re.compile(r"([^\n]+)\n(0|[1-9]\d{0,18})\n([\w+/]{43}=)\n", re.ASCII)
WORDS = re.compile("(offer|receiv|accept|answer|refus|return|complet|recall|expir)ed")
PEOPLE, ERASED = "officer on_behalf_of named", "officers subjects rulings pages"
# Shapes: a type (`int`: from 0), a pattern, a list, an object of any names (`str`), or
# one of these names, where `?` marks what may be left out and otherwise is not empty.
DOCUMENT = {"document": dict, "salt": HASH}
PROVEN = {"seq": int, "body": str, "proof?": [HASH]}
GONE = {"erased_on": str, "by": int, "place": int, "proof?": [HASH]}
WORD = {"agency": str, "step": int, "change": WORDS, "at": int, "receipt?": bool}
WORD |= {"previous?": HASH, "signed_at": int, "key": HASH, "signature": HEX}
SHOWN = PROVEN | {"opened?": {str: {"value": str, "salt": HASH}}, "page?": DOCUMENT}
SHOWN |= {"rulings?": {str: DOCUMENT}, "erased?": {str: GONE}}
SHOWN |= {"twins?": {"sender?": WORD, "receiver?": WORD}}
WITHHELD = {"seq": int, "leaf": HASH, "proof?": [HASH]}
ABOUT = dict.fromkeys(("case?", "item?", "officer?", "since?", "until?"), str)
HEADER = {"bundle": re.compile(FORMAT), "about": ABOUT, "made_at": str}
HEADER |= {"withheld?": [str], "checkpoint": str, "erasures?": [PROVEN]}
HEADER |= {"earlier?": [{"checkpoint": str, "proof?": [HASH], "timestamp?": str}]}
END = {"end": int, "digest": HASH, "agency": str, "signature": HEX}


def need(holds, what):
    """Stop here if something does not hold."""
    if not holds:
        raise ValueError(what)


def fits(value, shape):
    """Tell whether a value has a shape."""
    if isinstance(shape, re.Pattern):
        return type(value) is str and bool(shape.fullmatch(value))
    if isinstance(shape, list):
        return type(value) is list and all(fits(each, shape[0]) for each in value)
    if type(value) is not dict or shape is dict:
        return type(value) is shape and (shape is not int or value >= 0)
    if str in shape:
        return all(fits(each, shape[str]) for each in value.values())
    optional = {name[:-1] for name in shape if name.endswith("?")}
    inner = {name.rstrip("?"): each for name, each in shape.items()}
    return inner.keys() - optional <= value.keys() <= inner.keys() and all(
        fits(each, inner[name]) and (each or name not in optional)
        for name, each in value.items()
    )


def plain(value, depth=0):
    """Tell whether a value has one canonical form."""
    if isinstance(value, dict):
        return all(map(str.isascii, value)) and plain(list(value.values()), depth)
    if isinstance(value, list):
        return depth < DEEPEST and all(plain(each, depth + 1) for each in value)
    return value is None or isinstance(value, str) or -LARGEST <= value <= LARGEST


def canonical(value):
    """RFC 8785; enough here, because there are no floats and keys are ASCII."""
    need(plain(value), "something has no canonical form")
    spelled = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    return json.dumps(value, **spelled).encode()


def read(raw, texts=""):
    """Return what canonical bytes say; `texts` are fields that must be text."""
    value = json.loads(raw, parse_float=int)  # which takes no fraction and no exponent
    need(canonical(value) == raw, "a line or an entry is not canonical")
    need(all(type(value[name]) is str for name in texts.split()), "an odd entry")
    return value


def is_signed(verify, data, signature):
    """Tell whether the key signed that `verify` belongs to."""
    with suppress(InvalidSignature):
        verify(signature, data)
        return True
    return False


def read_keys(path):
    """The ledger's name, key id and key; those of agencies and of witnesses."""
    ledgers, agencies, witnesses = {}, {}, {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["agency", name, text]:
                der = base64.b64decode(text)
                ecdsa = partial(serialization.load_der_public_key(der).verify, **SIGNS)
                agencies[name, sha256(der).hexdigest()] = ecdsa
            case [key] if not key.startswith("#"):
                name, _, text = key.split("+", 2)
                raw = base64.b64decode(text)  # a byte for the type, and the key
                known = name, sha256(name.encode() + b"\n" + raw).digest()[:4]
                found = ed25519.Ed25519PublicKey.from_public_bytes(raw[1:])
                (witnesses if raw[0] == COSIGNS else ledgers)[known] = found.verify
    need(len(ledgers) == 1, "there is not one key of a ledger")
    return *ledgers.items(), agencies, witnesses


def open_checkpoint(note, ledger, witnesses):
    """Steps 3 and 4, for one checkpoint: size, root, and the witnesses who saw it."""
    need(found := NOTE.fullmatch(note), "a checkpoint is no signed note")
    text, own, seen = found[1].encode(), [], set()
    for line in found[2].splitlines():
        _, name, signed = line.split(" ")
        raw = base64.b64decode(signed, validate=True)
        need(base64.b64encode(raw).decode() == signed and raw[4:], "an odd signature")
        if (name, raw[:4]) == ledger[0]:
            own.append(is_signed(ledger[1], text, raw[4:]))
        elif key := witnesses.get((name, raw[:4])):  # a wrong one counts for nothing
            at = int.from_bytes(raw[4:12], "big")
            said = f"cosignature/v1\ntime {at}\n".encode() + text
            seen |= {name} if at < 2**63 and is_signed(key, said, raw[12:]) else set()
    need(own and all(own), "a checkpoint is not signed by the ledger")
    said = HEAD.match(found[1])
    need(said and said[1] == ledger[0][0], "a checkpoint is of another ledger")
    return int(said[2]), base64.b64decode(said[3], validate=True), seen


def climb(place, last, leaf, proof):
    """Roots of what ends at a place and of the whole (RFC 9162, 2.1.3.2, 2.1.4.2)."""
    before = after = leaf
    for step in map(bytes.fromhex, proof):
        need(last, "a proof is too long")
        if place & 1 or place == last:
            before = sha256(b"\x01" + step + before).digest()
            after = sha256(b"\x01" + step + after).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = sha256(b"\x01" + after + step).digest()
        place, last = place >> 1, last >> 1
    need(not last, "a proof is too short")
    return before, after


def check_inclusion(leaf, index, tree, proof):
    """RFC 9162, section 2.1.3.2; a tree is its size and root."""
    right = index < tree[0] and climb(index, tree[0] - 1, leaf, proof)[1] == tree[1]
    need(right, f"entry {index} is not in the tree")


def check_consistency(old, new, proof):
    """RFC 9162, section 2.1.4.2."""
    need(0 < old[0] <= new[0], "an earlier checkpoint is larger, or empty")
    if old[0] == new[0]:
        return need(old[1] == new[1] and not proof, "two of one size differ")
    place, last = old[0] - 1, new[0] - 1
    start, *rest = [old[1].hex(), *proof] if old[0] & place == 0 else proof
    while place & 1:
        place, last = place >> 1, last >> 1
    both = climb(place, last, bytes.fromhex(start), rest)
    need(both == (old[1], new[1]), "the ledger was rewritten")


def check_entry(line, entry, about, erasures):
    """Steps 7 to 9, for one entry that is shown."""
    bound = {name: entry[name] for name in PEOPLE.split() if entry.get(name)}
    bound |= {f"subject {item}": c for item, c in entry.get("subjects", {}).items()}
    notes = {n.get("id"): n.get("commitment") for n in entry.get("rulings", [])}
    opened, page = line.get("opened", {}), line.get("page")
    told = [(bound.get(part), o, o["value"].encode()) for part, o in opened.items()]
    for ruling, each in line.get("rulings", {}).items():
        given = each["document"] | {"act": entry.get("act") or entry["id"]}
        told.append((notes.get(ruling), each, canonical(given)))
    told += [(entry.get("shown"), page, canonical(page["document"]))] if page else []
    for said, salted, data in told:  # (7)
        found = hmac.new(bytes.fromhex(salted["salt"]), data, sha256).hexdigest()
        need(hmac.compare_digest(found, str(said)), "not what an entry commits to")
    rows = page["document"].get("items", []) if page else []  # (8)
    items = [*entry.get("items", []), *(each["item"] for each in rows)]
    people = [opened[name]["value"] for name in PEOPLE.split() if name in opened]
    fitting = {"case": [entry.get("case")], "item": items, "officer": people}
    right = all(about.get(name) in [None, *some] for name, some in fitting.items())
    since, day, until = about.get("since", ""), entry["at"][:10], about.get("until")
    need(right and since <= day <= (until or day), "an entry is of something else")
    parts = {*bound, *(f"ruling {each}" for each in notes)}  # (9)
    parts |= {"page"} if entry.get("shown") else set()
    leaf = sha256(b"\0" + line["body"].encode()).digest()
    for name, each in line.get("erased", {}).items():
        day, *tree = erasures[each["by"]]
        need(name in parts and each["erased_on"] == day, f"{name} was not erased so")
        part = sha256(b"\0" + leaf + name.encode()).digest()
        check_inclusion(part, each["place"], tree, each.get("proof", []))


def check_twins(twins, entry, leaf, agencies, signed):
    """Step 10, for one entry: as what it was signed, and by whom."""
    changes = {(each["step"], each["change"], each["at"]) for each in twins.values()}
    need(len(changes) == 1 and entry["handoff"], "two changes, or of no hand-off")
    ((_, change, _),), acting, found = changes, entry["agency"], []
    who = {side: each["agency"] for side, each in twins.items()}
    side = "sender" if change in ("offered", "completed", "recalled") else "receiver"
    right = change == "expired" or who.get(side, acting) == acting
    need(right and (len(who) < 2 or acting in who.values()), "another side acted")
    to = entry.get("recipients", []) if change == "offered" else who.values()
    need(who.get("receiver") in [None, *to], "somebody else was asked")
    for side, each in sorted(twins.items(), reverse=True):
        agency, step = each["agency"], each["step"]
        receipt, previous = each.get("receipt", False), each.get("previous", "")
        need(not receipt or agency == acting, f"{agency} did not act")
        said = ["estafette", "twin", "v1", agency, entry["handoff"], step, change, side]
        said += [each["at"], leaf.hex(), receipt, previous, each["signed_at"]]
        data, signature = canonical(said), bytes.fromhex(each["signature"])
        steps = signed.setdefault((entry["handoff"], side), {"by": agency})
        need(steps["by"] == agency, "a side is two agencies")
        need((step == 1) == (not previous) and step not in steps, f"step {step} again")
        steps[step] = previous, sha256(data).hexdigest()
        for late in {step, step + 1} & steps.keys():
            before = steps.get(late - 1, ("", steps[late][0]))[1]
            need(steps[late][0] == before, f"step {late} continues another")
        if key := agencies.get((agency, each["key"])):
            need(is_signed(key, data, signature), f"{agency} did not sign that")
            found.append(agency)
    return f"{entry['kind']} as {change}", *found


def check_whole(raws, agencies):
    """Steps 1 and 2: the header, the lines of entries, and the end is sealed."""
    right = all(raw.endswith(b"\n") and len(raw) <= LONGEST_LINE for raw in raws)
    need(right, "a line is cut off or too long")
    header, *entries, end = [read(raw[:-1]) for raw in raws]
    need(fits(header, HEADER) and fits(end, END) and entries, "it is not whole")
    need(all(fits(e, SHOWN) or fits(e, WITHHELD) for e in entries), "an odd line")
    digest, seal = sha256(b"".join(raws[:-1])), bytes.fromhex(end["signature"])
    right = (end["end"], end["digest"]) == (len(entries), digest.hexdigest())
    need(right, "lines were altered or are missing")
    sealed = f"{FORMAT}\n".encode() + digest.digest()
    keys = [key for (name, _), key in agencies.items() if name == end["agency"]]
    need(any(is_signed(key, sealed, seal) for key in keys), "no seal of a known key")
    return header, entries


def verify(bundle, ledger, agencies, witnesses):
    """The checklist of bundle.md: how many entries, who saw all, who signed what."""
    raws = Path(bundle).read_bytes().splitlines(keepends=True)
    header, entries = check_whole(raws, agencies)  # (1) (2)
    notes = [header, *header.get("earlier", [])]
    heads = [open_checkpoint(n["checkpoint"], ledger, witnesses) for n in notes]  # (3)
    tree = heads[0][:2]
    for note, head in zip(notes, heads, strict=True):  # (4)
        check_consistency(head[:2], tree, note.get("proof", []))
    erasures, signed, by, last = {}, {}, Counter(), -1
    for each in header.get("erasures", []):  # (9)
        body = each["body"].encode()
        check_inclusion(
            sha256(b"\0" + body).digest(), each["seq"], tree, each.get("proof", [])
        )
        said = (entry := read(body, "id at agency kind"))["erased"]
        count = sum(said.get(kind, 0) for kind in ERASED.split())
        erasures[each["seq"]] = entry["at"][:10], count, bytes.fromhex(said["root"])
    for line in entries:
        need(line["seq"] > last, "entries are out of order")  # (5)
        last, body = line["seq"], line.get("body", "").encode()
        leaf = sha256(b"\0" + body).digest() if body else bytes.fromhex(line["leaf"])
        check_inclusion(leaf, last, tree, line.get("proof", []))  # (6)
        if body:
            entry = read(body, "id at agency kind")
            check_entry(line, entry, header["about"], erasures)  # (7) (8) (9)
            if twins := line.get("twins"):
                by[check_twins(twins, entry, leaf, agencies, signed)] += 1  # (10)
    return len(entries), set().union(*(h[2] for h in heads if h[0] > last)), by


NOT_HOLDING = OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError

if __name__ == "__main__":
    len(sys.argv) == 3 or sys.exit("usage: verify_bundle.py BUNDLE KEYS")
    try:
        keys = read_keys(sys.argv[2])
        count, saw, by = verify(sys.argv[1], *keys)
    except NOT_HOLDING as wrong:
        sys.exit(f"does not hold: {wrong}")
    told = f"{count} entries; {len(saw)} of {len(keys[2])} witnesses saw them"
    sys.stdout.write(f"holds: {told}: {', '.join(sorted(saw))}\n")
    for (what, *who), some in sorted(by.items()):
        sides = ("no key that is given", "one side only:", "both sides:")[len(who)]
        sys.stdout.write(f"{some} {what}, signed by {sides} {', '.join(who)}\n")
