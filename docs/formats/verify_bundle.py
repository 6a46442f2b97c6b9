"""Verify a bundle of Estafette: `python verify_bundle.py BUNDLE KEYS`.

Written from bundle.md alone and imports nothing of the product. Needs Python 3.11 and
`cryptography`. Steps are numbered as there. Exit code 0 if all holds, 1 if not.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

FORMAT = "estafette-bundle/1"
HASH = re.compile("[0-9a-f]{64}")
ERASED = ("officers", "subjects", "rulings", "pages")
PEOPLE = {"officer", "on_behalf_of", "named"}
LONGEST_LINE, DEEPEST, LARGEST = 4_000_000, 64, 2**53 - 1
HEADER = "bundle about made_at withheld checkpoint earlier erasures"
ABOUT = "case item officer since until"
SHOWN = "seq body proof opened rulings page erased"


def need(holds, what):
    """Stop here if something does not hold."""
    if not holds:
        raise ValueError(what)


def sha256(*parts):
    """Hash parts that follow each other."""
    return hashlib.sha256(b"".join(parts)).digest()


def hashes_in(texts):
    """SHA-256 hashes, in lower-case hex."""
    need(all(map(HASH.fullmatch, texts)), "a hash is not 64 hex digits")
    return [bytes.fromhex(text) for text in texts]


def plain(value, depth=0):
    """Tell whether a value has one canonical form."""
    if isinstance(value, dict):
        return all(map(str.isascii, value)) and plain(list(value.values()), depth)
    if isinstance(value, list):
        return depth < DEEPEST and all(plain(each, depth + 1) for each in value)
    return value is None or isinstance(value, str) or -LARGEST <= value <= LARGEST


def has(value, names, required=""):
    """Need an object of these fields alone, none empty but those that must be there."""
    need(isinstance(value, dict), "something is not an object")
    need(value.keys() <= set(names.split()), f"a field is none of {names}")
    for name, each in value.items():
        need(name in required or each not in ("", [], {}, None), f"{name} is empty")


def canonical(value):
    """RFC 8785; enough here, because there are no floats and keys are ASCII."""
    need(plain(value), "something has no canonical form")
    spelled = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    return json.dumps(value, **spelled).encode()


def need_commitment(said, salt, data, what):
    """Stop here if an entry's commitment is not to these bytes."""
    found = hmac.new(hashes_in([salt])[0], data, hashlib.sha256).hexdigest()
    need(hmac.compare_digest(found, str(said)), f"{what} is not what it commits to")


def read_keys(path):
    """The ledger's name and key, the agencies' keys, and witnesses' by name and id."""
    ledger, agencies, witnesses = None, {}, {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or words[0] == "timestamp" or line.startswith("#"):
            continue  # timestamps are not looked at here
        if words[0] == "agency":
            agencies[words[1]] = load_der_public_key(base64.b64decode(words[2]))
        else:
            name, _, text = words[0].split("+", 2)
            kind, key = base64.b64decode(text)[:1], base64.b64decode(text)[1:]
            if kind == b"\x04":
                witnesses[name, sha256(name.encode(), b"\n", kind, key)[:4]] = key
            else:
                ledger = name, key
    need(ledger, "no key of a ledger is given")
    return ledger, agencies, witnesses


def signatures(note):
    """The text of a signed note, and each signature: name, key id, and the rest."""
    text, _, lines = note.rpartition("\n\n")
    need(lines.endswith("\n"), "checkpoint is not a signed note")
    found = []
    for line in lines[:-1].split("\n"):
        dash, name, signed = line.split(" ")
        raw = base64.b64decode(signed, validate=True)
        need(dash == "—" and base64.b64encode(raw).decode() == signed, "no signature")
        found.append((name, raw[:4], raw[4:]))
    return text + "\n", found


def open_checkpoint(note, ledger):
    """Size and root of a checkpoint that the ledger signed."""
    (name, key), (text, found) = ledger, signatures(note)
    key_id = sha256(name.encode(), b"\n\x01", key)[:4]
    ours = [signed for signer, by, signed in found if (signer, by) == (name, key_id)]
    need(ours, "checkpoint is not signed by the ledger")
    for signed in ours:
        Ed25519PublicKey.from_public_bytes(key).verify(signed, text.encode())
    origin, size, root, *_ = text.split("\n")
    need(origin == name, "checkpoint is of another ledger")
    return int(size), base64.b64decode(root)


def cosigners(note, witnesses):
    """Names of the witnesses who cosigned a checkpoint; a wrong line counts nothing."""
    (text, found), names = signatures(note), set()
    for name, key_id, signed in found:
        if key := witnesses.get((name, key_id)):
            at = int.from_bytes(signed[:8], "big")
            said = f"cosignature/v1\ntime {at}\n{text}".encode()
            with suppress(InvalidSignature):
                Ed25519PublicKey.from_public_bytes(key).verify(signed[8:], said)
                names.add(name)
    return names


def climb(place, last, leaf, proof):
    """Roots of what ends at a place and of the whole (RFC 9162, 2.1.3.2, 2.1.4.2)."""
    before = after = leaf
    for step in proof:
        need(last, "a proof is too long")
        if place & 1 or place == last:
            before, after = sha256(b"\x01", step, before), sha256(b"\x01", step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = sha256(b"\x01", after, step)
        place, last = place >> 1, last >> 1
    need(not last, "a proof is too short")
    return before, after


def check_inclusion(leaf, index, size, root, proof):
    """RFC 9162, section 2.1.3.2."""
    need(0 <= index < size, f"entry {index} is not covered")
    need(climb(index, size - 1, leaf, proof)[1] == root, f"{index} is not in the tree")


def check_consistency(old, new, proof):
    """RFC 9162, section 2.1.4.2."""
    (old_size, old_root), (size, root) = old, new
    need(0 < old_size <= size, "an earlier checkpoint is larger")
    if old_size == size:
        need(old_root == root and not proof, "two checkpoints of one size differ")
        return
    steps = ([old_root] if old_size & (old_size - 1) == 0 else []) + proof
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    need(climb(place, last, steps[0], steps[1:]) == (old_root, root), "rewritten")


def check_erasures(header, size, root):
    """What entries of the header erased, by number: day, how many parts, their root."""
    found = {}
    for each in header.get("erasures", []):
        has(each, "seq body proof", required="seq")
        seq, body = each["seq"], each["body"].encode()
        proof = hashes_in(each.get("proof", []))
        check_inclusion(sha256(b"\0", body), seq, size, root, proof)
        said = (entry := json.loads(body))["erased"]
        count = sum(said.get(kind, 0) for kind in ERASED)
        found[seq] = entry["at"][:10], count, hashes_in([said["root"]])[0]
    return found


def check_erased(line, parts, erasures):
    """Step 9, for one entry."""
    for name, each in line.get("erased", {}).items():
        has(each, "erased_on by place proof", required="by place")
        need(name in parts, f"entry {line['seq']} has no {name}")
        day, size, root = erasures[each["by"]]
        need(each["erased_on"] == day, f"{name} was not erased on that day")
        part = sha256(b"\0", sha256(b"\0", line["body"].encode()), name.encode())
        proof = hashes_in(each.get("proof", []))
        check_inclusion(part, each["place"], size, root, proof)


def check_entry(line, about, erasures):
    """Steps 7 to 9, for one entry that is shown."""
    seq, entry = line["seq"], json.loads(line["body"])
    need(canonical(entry) == line["body"].encode(), f"entry {seq} is not canonical")
    bound = {field: entry[field] for field in PEOPLE if entry.get(field)}
    for item, each in entry.get("subjects", {}).items():
        bound[f"subject {item}"] = each
    people = set()
    for field, each in line.get("opened", {}).items():
        need(field in bound, f"entry {seq} has no {field}")
        has(each, "value salt")
        value = each["value"]
        need_commitment(bound[field], each["salt"], value.encode(), f"{field} of {seq}")
        people |= {value} if field in PEOPLE else set()
    notes = {note["id"]: note.get("commitment") for note in entry.get("rulings", [])}
    pages = ["page"] if entry.get("shown") else []
    parts = [*bound, *(f"ruling {ruling}" for ruling in notes), *pages]
    check_erased(line, parts, erasures)  # (9)
    for ruling, kept in line.get("rulings", {}).items():
        has(kept, "document salt", required="document")
        given = {**kept["document"], "act": entry.get("act") or entry["id"]}
        need_commitment(notes.get(ruling), kept["salt"], canonical(given), ruling)
    page, items = line.get("page"), set(entry.get("items", []))
    if page:
        has(page, "document salt", required="document")
        given = canonical(page["document"])
        need_commitment(entry.get("shown"), page["salt"], given, f"page of {seq}")
        items |= {each["item"] for each in page["document"]["items"]}
    day = entry["at"][:10]
    need(
        about.get("case", entry.get("case")) == entry.get("case")
        and ("item" not in about or about["item"] in items)
        and ("officer" not in about or about["officer"] in people)
        and about.get("since", day) <= day <= about.get("until", day),
        f"entry {seq} is not about what the bundle is about",
    )


def check_checkpoints(header, ledger):
    """Steps 3 and 4: size and root, and every checkpoint by the size that it covers."""
    size, root = open_checkpoint(header["checkpoint"], ledger)
    notes = [(size, header["checkpoint"])]
    for each in header.get("earlier", []):
        has(each, "checkpoint proof timestamp")
        proof = hashes_in(each.get("proof", []))
        before = open_checkpoint(each["checkpoint"], ledger)
        check_consistency(before, (size, root), proof)
        notes.append((before[0], each["checkpoint"]))
    return size, root, notes


def verify(bundle, ledger, agencies, witnesses):
    """The checklist of bundle.md; returns how many entries, and who saw all of them."""
    raws = Path(bundle).read_bytes().splitlines(keepends=True)
    need(all(len(raw) <= LONGEST_LINE for raw in raws), "a line is too long")
    lines = [json.loads(raw) for raw in raws]
    for raw, line in zip(raws, lines, strict=True):
        need(canonical(line) + b"\n" == raw, "a line is not canonical")
    header, *entries, end = lines
    need(entries, "the bundle breaks off, or has no entries")
    has(header, HEADER, required="about")
    has(header["about"], ABOUT)
    has(end, "end digest agency signature")
    need(header.get("bundle") == FORMAT, "not a bundle of this format")
    digest = sha256(*raws[:-1])  # (1)
    need(end.get("end") == len(entries), "entries are missing")
    need(end["digest"] == digest.hex(), "a line was altered")
    need(end["agency"] in agencies, f"no key of {end['agency']} is given")  # (2)
    sealed = FORMAT.encode() + b"\n" + digest
    signature = bytes.fromhex(end["signature"])
    need(signature.hex() == end["signature"], "the seal is not hex")
    agencies[end["agency"]].verify(signature, sealed, ec.ECDSA(hashes.SHA256()))
    size, root, notes = check_checkpoints(header, ledger)  # (3) (4)
    erasures = check_erasures(header, size, root)  # (9)
    last = -1
    for line in entries:
        seq, body = line["seq"], line.get("body")
        need(seq > last, f"entry {seq} is out of order")  # (5)
        has(line, SHOWN if body else "seq leaf proof", required="seq")
        leaf = sha256(b"\0", body.encode()) if body else hashes_in([line["leaf"]])[0]
        proof = hashes_in(line.get("proof", []))
        check_inclusion(leaf, seq, size, root, proof)  # (6)
        if body:
            check_entry(line, header["about"], erasures)  # (7) (8) (9)
        last = seq
    over_all = [cosigners(note, witnesses) for covers, note in notes if covers > last]
    return len(entries), set().union(*over_all)


NOT_HOLDING = (InvalidSignature, OSError, ValueError)
NOT_HOLDING += (LookupError, TypeError, AttributeError, RecursionError)  # shape

if __name__ == "__main__":
    len(sys.argv) == 3 or sys.exit("usage: verify_bundle.py BUNDLE KEYS")
    try:
        keys = read_keys(sys.argv[2])
        count, saw = verify(sys.argv[1], *keys)
    except NOT_HOLDING as wrong:
        sys.exit(f"does not hold: {str(wrong) or 'a signature is wrong'}")
    told = f"{count} entries; {len(saw)} of {len(keys[2])} witnesses saw them"
    sys.stdout.write(f"holds: {told}: {', '.join(sorted(saw))}\n")
