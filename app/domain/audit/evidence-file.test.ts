import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aSigner, aStatementRow } from "#test/evidence.ts";
import {
  type EvidenceLine,
  evidenceCheck,
  isHashOf,
  lineOfSeal,
  parseEvidenceLine,
} from "./evidence-file.ts";
import { reportLines } from "./evidence-report.ts";
import { genesisHash, linkHash } from "./event.ts";
import { merkleTree } from "./merkle.ts";
import { eventLeaf, firstPrevHash, type Seal, signedSeal, statementLeaf } from "./seal.ts";

const now = new Date("2026-11-24T10:00:00Z");
const signer = aSigner();

/** A file of two seals over three statements and two events each, and one statement after them. */
function aFile(): string[] {
  const lines: EvidenceLine[] = [
    { kind: "clause7-evidence", version: 1, at: now.toISOString() },
    { kind: "key", id: signer.keyId, publicKey: signer.publicKey },
  ];
  let [prevHash, last] = [genesisHash, null as Seal | null];
  for (const round of [0, 1]) {
    const tree = merkleTree();
    for (const place of [1, 2, 3]) {
      const line = statementLine(round * 3 + place);
      tree.add(statementLeaf(line));
      lines.push(line);
    }
    for (const place of [1, 2]) {
      const fields = {
        seq: round * 2 + place,
        at: now,
        actorId: "p-august",
        type: "record.read",
        subjectType: "person",
        subjectId: "p-mila",
        data: { personId: "p-mila", nested: { b: 1, a: [true, null] } },
        prevHash,
      };
      prevHash = linkHash(fields);
      tree.add(eventLeaf({ seq: fields.seq, hash: prevHash }));
      lines.push({ kind: "event", ...fields, at: now.toISOString(), hash: prevHash });
    }
    last = signedSeal(
      {
        number: round + 1,
        at: now,
        statementSeq: round * 3 + 3,
        auditSeq: round * 2 + 2,
        size: tree.size(),
        root: Buffer.from(tree.root()).toString("hex"),
        prevHash: last?.hash ?? firstPrevHash,
      },
      signer,
    );
    lines.push(lineOfSeal(last));
  }
  lines.push(statementLine(7), { kind: "end", statementSeq: 7, auditSeq: 4, auditHash: prevHash });
  return lines.map((line) => JSON.stringify(line));
}

function statementLine(seq: number): Extract<EvidenceLine, { kind: "statement" }> {
  const row = aStatementRow(seq, now);
  return { kind: "statement", ...row, stored: row.stored.toISOString() };
}

/** The fault that reading these lines finds, or null. */
function faultIn(lines: readonly string[], trusted?: ReadonlyMap<string, string>): string | null {
  const check = evidenceCheck(trusted);
  for (const [i, text] of lines.entries()) {
    const parsed = parseEvidenceLine(text, i + 1);
    if (!parsed.ok) return parsed.fault;
    if (!check.take(parsed.line)) break;
  }
  return check.report().fault;
}

const file = aFile();
/** Lines 3 to 14 are sealed: statements, events, seals. */
const sealedLine = fc.integer({ min: 2, max: file.length - 3 });

describe("evidence in a file", () => {
  it("holds as it was written, also against the keys one trusts", () => {
    expect(faultIn(file)).toBeNull();
    expect(faultIn(file, new Map([[signer.keyId, signer.publicKey]]))).toBeNull();
    const other = aSigner("b");
    expect(faultIn(file, new Map([[other.keyId, other.publicKey]]))).toBe(
      `Seal 1 is signed with the key ${signer.keyId}, which is not among the keys to check with.`,
    );
  });

  it("shows any sealed line left out, doubled or moved", () => {
    fc.assert(
      fc.property(sealedLine, sealedLine, (i, j) => {
        expect(faultIn(file.toSpliced(i, 1))).not.toBeNull();
        expect(faultIn(file.toSpliced(i, 0, file[i] as string))).not.toBeNull();
        if (i !== j) {
          const moved = file.toSpliced(i, 1).toSpliced(j, 0, file[i] as string);
          expect(faultIn(moved)).not.toBeNull();
        }
      }),
    );
  });

  it("shows any character changed in a sealed line", () => {
    const values = (text: string): unknown => JSON.parse(text);
    fc.assert(
      fc.property(
        sealedLine,
        fc.nat(),
        fc.constantFrom("0", "1", "a", "Z", " ", '"', "\\", "é"),
        (i, at, by) => {
          const text = file[i] as string;
          const place = at % text.length;
          const changed = `${text.slice(0, place)}${by}${text.slice(place + 1)}`;
          const fault = faultIn(file.with(i, changed));
          // Only what means the same in JSON may pass.
          if (fault === null) expect(values(changed)).toEqual(values(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("shows that its beginning or its end was cut off", () => {
    expect(faultIn(file.slice(1))).toBe(
      "This is not evidence from the first line on: what it begins with was cut off.",
    );
    for (let length = 0; length < file.length; length++)
      expect(faultIn(file.slice(0, length)), `${length} lines`).toBe(
        "The evidence ends early: its end was cut off.",
      );
    expect(faultIn([...file, ...file])).toBe("There is more after the end: a line of kind clause7-evidence.");
    expect(faultIn([file[0] as string, ...file])).toBe("The first line stands here once more.");
  });

  it("is not rewritten by whoever has no key: a new chain of events does not fit the seals", () => {
    const lines = file.map((text) => JSON.parse(text) as EvidenceLine);
    let prevHash = genesisHash;
    const rewritten = lines.map((line) => {
      if (line.kind === "end") return { ...line, auditHash: prevHash };
      if (line.kind !== "event") return line;
      const { kind, hash: _hash, ...fields } = { ...line, actorId: "p-nobody", prevHash };
      prevHash = linkHash({ ...fields, at: new Date(fields.at) });
      return { kind, ...fields, hash: prevHash };
    });
    expect(faultIn(rewritten.map((line) => JSON.stringify(line)))).toBe(
      "Seal 1 does not fit what it covers: statements 1 to 3 and events 1 to 2. At least one of them was changed or moved since.",
    );
  });

  it.each([
    ["", /^Line 5 is not a line of evidence/],
    ["{", /^Line 5 is not a line of evidence/],
    ['{"kind":"statement","seq":1}', /\(id: /],
    ['{"kind":"other"}', /\(kind: /],
    [(file[2] as string).replace("{", '{"extra":1,'), /extra/],
  ])("names a line that is none: %s", (text, fault) => {
    expect(parseEvidenceLine(text, 5)).toMatchObject({
      ok: false,
      fault: expect.stringMatching(fault) as string,
    });
  });
});

it("knows a content by its SHA-2 of any length", () => {
  // FIPS 180-4 examples: the hashes of "abc".
  const abc = Buffer.from("abc");
  expect(isHashOf("23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7", abc)).toBe(true);
  expect(isHashOf("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", abc)).toBe(true);
  expect(
    isHashOf("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Buffer.from("abd")),
  ).toBe(false);
  expect(isHashOf("a9993e364706816aba3e25717850c26c9cd0d89d", abc), "SHA-1").toBe(false);
  expect(isHashOf("", abc)).toBe(false);
});

describe("what a check tells", () => {
  const report = {
    sealed: { statements: 12_345, events: 2_001 },
    unsealed: { statements: 12, events: 0 },
    withheld: 0,
    seals: 14,
    lastSealAt: now,
    keyIds: ["0123".repeat(16)],
    fault: null,
  };
  const key = Array.from({ length: 16 }, () => "0123").join(" ");

  it("says what is proven, by which key, and what is not", () => {
    expect(reportLines(report, true)).toEqual([
      "12,345 statements and 2,001 events up to 2026-11-24T10:00:00Z are covered by 14 seals that hold.",
      `Signed with the key ${key}, which you named.`,
      "12 statements since the last seal are not sealed yet.",
    ]);
    expect(reportLines(report, false).at(-1)).toMatch(/^The key was taken from the evidence itself/);
  });

  it("says how far all holds when something does not", () => {
    const one = { ...report, sealed: { statements: 1, events: 0 }, seals: 1, fault: "Event 6 is missing." };
    expect(reportLines(one, true)).toEqual([
      "1 statement up to 2026-11-24T10:00:00Z are covered by 1 seal that holds.",
      `Signed with the key ${key}, which you named.`,
      "FAULT: Event 6 is missing.",
      "Nothing after this was looked at.",
    ]);
  });

  it("claims nothing where there is no seal", () => {
    const none = {
      sealed: { statements: 0, events: 0 },
      withheld: 0,
      seals: 0,
      lastSealAt: null,
      keyIds: [],
      fault: null,
    };
    expect(reportLines({ ...none, unsealed: { statements: 1, events: 2 } }, false)).toEqual([
      "There is no seal yet: of statements nothing is proven.",
      "1 statement and 2 events are not sealed yet; the events are in an unbroken chain.",
    ]);
  });
});
