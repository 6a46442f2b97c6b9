/* Verifies a bundle in the browser: written from docs/formats/bundle.md, and does its
   steps in their order. Timestamps are not looked at. No script here connects anywhere. */

const FORMAT = "estafette-bundle/1";
const [LONGEST_LINE, DEEPEST] = [4_000_000, 64];
const PEOPLE = ["officer", "on_behalf_of", "named"];
const ERASED = ["officers", "subjects", "rulings", "pages"];
const HASH = /^[0-9a-f]{64}$/;
const HEX = /^([0-9a-f]{2})*$/;
const NOTE = /^([^\0-\t\v-\x1f\x7f]*\n)\n((?:— [^\s+\0-\x1f\x7f]+ \S+\n)+)$/;
const HEAD = /^([^\n]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/;
const CHANGE = /^(offer|receiv|accept|answer|refus|return|complet|recall|expir)ed$/;

/* Shapes: a type, a pattern, a list, an object, or `of` any names; `?` marks what may be
   left out, and otherwise is not empty. */
const DOCUMENT = { document: "object", salt: HASH };
const PROVEN = { seq: "number", body: "string", "proof?": [HASH] };
const WORD = {
  agency: "string", step: "number", change: CHANGE, at: "number", "receipt?": "boolean",
  "previous?": HASH, signed_at: "number", key: HASH, signature: HEX,
};
const GONE = { erased_on: "string", by: "number", place: "number", "proof?": [HASH] };
const SHOWN = {
  ...PROVEN, "opened?": { of: { value: "string", salt: HASH } }, "page?": DOCUMENT,
  "rulings?": { of: DOCUMENT }, "erased?": { of: GONE },
  "twins?": { "sender?": WORD, "receiver?": WORD },
};
const WITHHELD = { seq: "number", leaf: HASH, "proof?": [HASH] };
const EARLIER = { checkpoint: "string", "proof?": [HASH], "timestamp?": "string" };
const ABOUT = {
  "case?": "string", "item?": "string", "officer?": "string", "since?": "string",
  "until?": "string",
};
const HEADER = {
  bundle: "string", about: ABOUT, made_at: "string", "withheld?": ["string"],
  checkpoint: "string", "earlier?": [EARLIER], "erasures?": [PROVEN],
};
const END = { end: "number", digest: HASH, agency: "string", signature: HEX };

export class DoesNotHold extends Error {
  constructor(step, detail) {
    super(detail);
    this.step = step;
  }
}
const need = (holds, step, detail) => {
  if (!holds) throw new DoesNotHold(step, detail);
};

const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) => !value || (typeof value === "object" && !Object.keys(value).length);
function fits(value, shape) {
  if (shape instanceof RegExp) return typeof value === "string" && shape.test(value);
  if (shape === "object") return isObject(value);
  if (shape === "number") return Number.isSafeInteger(value) && value >= 0;
  if (typeof shape === "string") return typeof value === shape;
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((v) => fits(v, shape[0]));
  if (!isObject(value)) return false;
  if ("of" in shape) return Object.values(value).every((each) => fits(each, shape.of));
  const names = new Map(Object.keys(shape).map((name) => [name.replace("?", ""), name]));
  const whole = [...names].every(([bare, name]) => name.endsWith("?") || Object.hasOwn(value, bare));
  return whole && Object.entries(value).every(([bare, each]) => {
    const name = names.get(bare);
    return name && fits(each, shape[name]) && !(name.endsWith("?") && isEmpty(each));
  });
}

/* The one spelling of JSON (RFC 8785), with whole numbers and ASCII names alone. */
export function canonical(value, depth = 0) {
  const fine =
    typeof value === "number" ? Number.isSafeInteger(value) && !Object.is(value, -0)
    : typeof value === "string" ? value.isWellFormed()
    : depth <= DEEPEST;
  if (!fine) throw new TypeError("no canonical form");
  if (Array.isArray(value)) return `[${value.map((v) => canonical(v, depth + 1)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  if (names.some((name) => /[^\0-\x7f]/.test(name))) throw new TypeError("a name is not ASCII");
  return `{${names.map((n) => `${JSON.stringify(n)}:${canonical(value[n], depth + 1)}`).join()}}`;
}
const read = (text, step) => {
  const value = JSON.parse(text);
  need(canonical(value) === text, step, "a line or an entry is not canonical");
  return value;
};

const bytesOf = (text) => new TextEncoder().encode(text);
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const same = (one, other) => hexOf(one) === hexOf(other);
const sha256 = async (...parts) => {
  const all = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", all));
};
const [ZERO, ONE] = [Uint8Array.of(0), Uint8Array.of(1)];
const fromBase64 = (text) => {
  const raw = atob(text);
  if (btoa(raw) !== text) throw new TypeError("an odd spelling of base64");
  return Uint8Array.from(raw, (char) => char.charCodeAt(0));
};

async function ed25519(key, signature, data) {
  const known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", known, signature, data);
}
/* DER holds two integers, signed and short; the browser wants 32 bytes of each. */
function plain(der) {
  const whole = new Uint8Array(64);
  let at = 2;
  let fine = der[0] === 0x30 && der[1] === der.length - 2 && der[1] < 128;
  for (let place = 32; fine && place <= 64; place += 32) {
    const digits = der.subarray(at + 2, at + 2 + der[at + 1]);
    const bare = digits[0] === 0 && digits[1] > 127 ? digits.subarray(1) : digits;
    fine = der[at] === 2 && digits[0] < 128 && bare[0] !== 0 && bare.length <= 32;
    if (fine) whole.set(bare, place - bare.length);
    at += 2 + der[at + 1];
  }
  return fine && at === der.length ? whole : null;
}
async function p256(spki, der, data) {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const known = await crypto.subtle.importKey("spki", spki, curve, false, ["verify"]);
  const signature = plain(der);
  const how = { name: "ECDSA", hash: "SHA-256" };
  return signature !== null && crypto.subtle.verify(how, known, signature, data);
}

/** Read a file of keys: one ledger's, and those of agencies and witnesses. */
export async function readKeys(text) {
  const [ledgers, agencies, witnesses] = [new Map(), new Map(), new Map()];
  for (const line of text.split("\n").map((each) => each.trim())) {
    const said = line.split(/\s+/);
    if (said[0] === "agency" && said.length === 3) {
      const der = fromBase64(said[2]);
      agencies.set(`${said[1]} ${hexOf(await sha256(der))}`, der);
    } else if (line && !line.startsWith("#") && said.length === 1) {
      const [name, , ...rest] = line.split("+");
      const typed = fromBase64(rest.join("+"));
      const id = await sha256(bytesOf(`${name}\n`), typed);
      const kept = typed[0] === 4 ? witnesses : ledgers;
      kept.set(`${name} ${hexOf(id.subarray(0, 4))}`, typed.subarray(1));
    }
  }
  need(ledgers.size === 1, 3, "there is not one key of a ledger");
  return { ledger: [...ledgers][0], agencies, witnesses };
}

async function openCheckpoint(note, keys, step) {
  const found = NOTE.exec(note);
  need(found, step, "a checkpoint is no signed note");
  const text = bytesOf(found[1]);
  const [own, saw] = [[], new Set()];
  for (const line of found[2].trimEnd().split("\n")) {
    const [, name, signed] = line.split(" ");
    const raw = fromBase64(signed);
    need(raw.length > 4, step, "an odd signature");
    const [known, rest] = [`${name} ${hexOf(raw.subarray(0, 4))}`, raw.subarray(4)];
    const witness = keys.witnesses.get(known);
    if (known === keys.ledger[0]) own.push(await ed25519(keys.ledger[1], rest, text));
    else if (witness && rest.length === 72) { // a wrong one counts for nothing
      const at = new DataView(raw.buffer, raw.byteOffset + 4).getBigUint64(0);
      const said = bytesOf(`cosignature/v1\ntime ${at}\n${found[1]}`);
      if (at < 2n ** 63n && (await ed25519(witness, rest.subarray(8), said))) saw.add(name);
    }
  }
  need(own.length && own.every(Boolean), step, "a checkpoint is not signed by the ledger");
  const said = HEAD.exec(found[1]);
  need(said && said[1] === keys.ledger[0].split(" ")[0], step, "it is of another ledger");
  return { size: Number(said[2]), root: fromBase64(said[3]), saw };
}

/* RFC 9162, 2.1.3.2 and 2.1.4.2. Numbers may pass 2^31, so halves are not shifted. */
const odd = (number) => number % 2 === 1;
const half = (number) => Math.floor(number / 2);
async function climb(place, last, leaf, proof, step) {
  let [before, after] = [leaf, leaf];
  for (const each of proof.map(fromHex)) {
    need(last, step, "a proof is too long");
    if (odd(place) || place === last) {
      before = await sha256(ONE, each, before);
      after = await sha256(ONE, each, after);
      while (!odd(place) && place) [place, last] = [half(place), half(last)];
    } else after = await sha256(ONE, after, each);
    [place, last] = [half(place), half(last)];
  }
  need(!last, step, "a proof is too short");
  return [before, after];
}
async function checkInclusion(leaf, index, tree, proof = [], step = 6) {
  need(index < tree.size, step, `entry ${index} is not covered`);
  const [, root] = await climb(index, tree.size - 1, leaf, proof, step);
  need(same(root, tree.root), step, `entry ${index} is not in the tree`);
}
async function checkConsistency(old, tree, proof = []) {
  need(old.size > 0 && old.size <= tree.size, 4, "an earlier checkpoint is larger, or empty");
  if (old.size === tree.size) {
    need(same(old.root, tree.root) && !proof.length, 4, "two of one size differ");
    return;
  }
  const whole = Number.isInteger(Math.log2(old.size)) ? [hexOf(old.root), ...proof] : proof;
  need(whole.length, 4, "a proof is too short");
  let [place, last] = [old.size - 1, tree.size - 1];
  while (odd(place)) [place, last] = [half(place), half(last)];
  const [before, after] = await climb(place, last, fromHex(whole[0]), whole.slice(1), 4);
  need(same(before, old.root) && same(after, tree.root), 4, "the ledger was rewritten");
}

async function needCommitment(said, salt, data) {
  const how = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromHex(salt), how, false, ["sign"]);
  const found = hexOf(new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(data))));
  need(found === said, 7, "something is not what an entry commits to");
}
async function checkEntry(line, entry, leaf, about, erasures) {
  const bound = new Map(PEOPLE.filter((name) => entry[name]).map((name) => [name, entry[name]]));
  for (const [item, each] of Object.entries(entry.subjects ?? {})) bound.set(`subject ${item}`, each);
  const notes = new Map((entry.rulings ?? []).map((each) => [each.id, each.commitment]));
  const [opened, page] = [line.opened ?? {}, line.page];
  for (const [part, each] of Object.entries(opened))
    await needCommitment(bound.get(part), each.salt, each.value);
  for (const [ruling, each] of Object.entries(line.rulings ?? {})) {
    const given = canonical({ ...each.document, act: entry.act || entry.id });
    await needCommitment(notes.get(ruling), each.salt, given);
  }
  if (page) await needCommitment(entry.shown, page.salt, canonical(page.document));
  const items = [...(entry.items ?? []), ...(page?.document.items ?? []).map((o) => o.item)];
  const people = PEOPLE.filter((name) => opened[name]).map((name) => opened[name].value);
  const day = entry.at.slice(0, 10);
  const right =
    [undefined, entry.case].includes(about.case) && [undefined, ...items].includes(about.item) &&
    [undefined, ...people].includes(about.officer) &&
    (about.since ?? "") <= day && day <= (about.until ?? day);
  need(right, 8, `entry ${line.seq} is of something else`);
  const parts = new Set([...bound.keys(), ...[...notes.keys()].map((id) => `ruling ${id}`)]);
  if (entry.shown) parts.add("page");
  for (const [name, each] of Object.entries(line.erased ?? {})) {
    const by = erasures.get(each.by);
    need(parts.has(name) && by?.day === each.erased_on, 9, `${name} was not erased so`);
    await checkInclusion(await sha256(ZERO, leaf, bytesOf(name)), each.place, by, each.proof, 9);
  }
}

async function checkTwins(line, entry, leaf, agencies, signed) {
  const sides = Object.entries(line.twins);
  const changes = new Set(sides.map(([, o]) => `${o.step} ${o.change} ${o.at}`));
  need(changes.size === 1 && entry.handoff, 10, "two changes, or of no hand-off");
  need(sides.length === 1 || sides.some(([, o]) => o.agency === entry.agency), 10, "neither acted");
  for (const [side, o] of sides) {
    need(!o.receipt || o.agency === entry.agency, 10, `${o.agency} did not act`);
    const [receipt, previous] = [o.receipt ?? false, o.previous ?? ""];
    const said = ["estafette", "twin", "v1", o.agency, entry.handoff, o.step, o.change, side];
    const data = bytesOf(canonical([...said, o.at, hexOf(leaf), receipt, previous, o.signed_at]));
    const key = `${entry.handoff} ${side}`;
    if (!signed.has(key)) signed.set(key, { by: o.agency, steps: new Map() });
    const { by, steps } = signed.get(key);
    need(by === o.agency && !steps.has(o.step) && (o.step === 1) === !previous, 10, "an odd step");
    steps.set(o.step, [previous, hexOf(await sha256(data))]);
    for (const late of [o.step, o.step + 1].filter((step) => steps.has(step) && steps.has(step - 1)))
      need(steps.get(late)[0] === steps.get(late - 1)[1], 10, `step ${late} continues another`);
    const spki = agencies.get(`${o.agency} ${o.key}`);
    need(!spki || (await p256(spki, fromHex(o.signature), data)), 10, `${o.agency} did not sign`);
  }
}

function readLines(bytes) {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const lines = [];
  let [from, sealed] = [0, 0];
  while (from < bytes.length) {
    const end = bytes.indexOf(10, from);
    need(end >= 0 && end - from < LONGEST_LINE, 1, "a line is cut off or too long");
    lines.push(read(decoder.decode(bytes.subarray(from, end)), 1));
    [sealed, from] = [from, end + 1];
  }
  const [header, entries, end] = [lines[0], lines.slice(1, -1), lines.at(-1)];
  need(fits(header, HEADER) && fits(end, END) && entries.length, 1, "it is not whole");
  need(entries.every((each) => fits(each, SHOWN) || fits(each, WITHHELD)), 1, "an odd line");
  need(header.bundle === FORMAT && end.end === entries.length, 1, "lines are missing");
  return [header, entries, end, sealed];
}

/** Verify a bundle; throws DoesNotHold with the step, or tells what held. */
export async function verify(bytes, keys) {
  let step = 1;
  try {
    const [header, entries, end, sealed] = readLines(bytes);
    const digest = await sha256(bytes.subarray(0, sealed));
    need(end.digest === hexOf(digest), 1, "a line was altered");
    step = 2;
    const seal = new Uint8Array(await new Blob([`${FORMAT}\n`, digest]).arrayBuffer());
    const known = [...keys.agencies].filter(([name]) => name.startsWith(`${end.agency} `));
    const checks = known.map(([, spki]) => p256(spki, fromHex(end.signature), seal));
    need((await Promise.all(checks)).includes(true), 2, "no seal of a known key");
    step = 3;
    const tree = await openCheckpoint(header.checkpoint, keys, 3);
    const heads = [tree];
    step = 4;
    for (const each of header.earlier ?? []) {
      heads.push(await openCheckpoint(each.checkpoint, keys, 4));
      await checkConsistency(heads.at(-1), tree, each.proof);
    }
    step = 9;
    const erasures = new Map();
    for (const each of header.erasures ?? []) {
      await checkInclusion(await sha256(ZERO, bytesOf(each.body)), each.seq, tree, each.proof, 9);
      const entry = read(each.body, 9);
      const size = ERASED.reduce((sum, kind) => sum + (entry.erased[kind] ?? 0), 0);
      const root = fromHex(entry.erased.root);
      erasures.set(each.seq, { day: entry.at.slice(0, 10), size, root });
    }
    const signed = new Map();
    let [last, both] = [-1, 0];
    for (const line of entries) {
      need(line.seq > last, 5, "entries are out of order");
      [last, step] = [line.seq, 6];
      const leaf = line.leaf ? fromHex(line.leaf) : await sha256(ZERO, bytesOf(line.body));
      await checkInclusion(leaf, line.seq, tree, line.proof);
      if (line.leaf) continue;
      step = 7;
      const entry = read(line.body, 7);
      await checkEntry(line, entry, leaf, header.about, erasures);
      step = 10;
      if (line.twins) await checkTwins(line, entry, leaf, keys.agencies, signed);
      both += Object.keys(line.twins ?? {}).length === 2;
    }
    const over = heads.filter((head) => head.size > last).flatMap((head) => [...head.saw]);
    return {
      entries: entries.length, withheld: entries.filter((each) => each.leaf).length,
      agency: end.agency, size: tree.size, root: hexOf(tree.root), both,
      saw: new Set(over).size, witnesses: keys.witnesses.size,
    };
  } catch (error) {
    if (error instanceof DoesNotHold || error.name === "NotSupportedError") throw error;
    throw new DoesNotHold(step, error.message); // a shape that nobody foresaw
  }
}
