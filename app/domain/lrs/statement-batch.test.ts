import { describe, expect, it } from "vitest";
import {
  bodyOf,
  decideBatches,
  type PreparedBatch,
  type PreparedStatement,
  prepareStatements,
} from "./statement-batch.ts";
import { voidedVerb } from "./statement-check.ts";

const authority = { objectType: "Agent", account: { homePage: "https://lrs.example", name: "client" } };
const id = "EC531277-B57B-4C15-8D91-D292C5B2B8F7";
const simple = `"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"https://v.example"},"object":{"id":"https://o.example"}`;
const stored = "2026-11-24T10:00:00.000Z";

function prepared(text: string, more: { statementId?: string; version?: "1.0.3" | "2.0.0" } = {}) {
  const result = prepareStatements(text, {
    version: "1.0.3",
    authority,
    fault: () => null,
    newId: () => "00000000-0000-4000-8000-000000000001",
    ...more,
  });
  if (!result.ok) throw new Error(result.reason);
  return result.statements;
}

function body(text: string, more: Parameters<typeof prepared>[1] = {}): string {
  const [one] = prepared(text, more);
  if (!one) throw new Error("nothing was prepared");
  return bodyOf(one, stored);
}

describe("a prepared statement", () => {
  it("keeps the wording of what was sent", () => {
    const sent = `{"id":"${id}",${simple},"timestamp":"2026-11-24T10:00+01:00","version":"1.0.3","result":{"score":{"raw":1.0},"extensions":{"https://e.example":[1e2,12345678901234567890,"\\u0000\\ud800 é"]}}}`;
    expect(body(sent)).toBe(
      `${sent.slice(0, -1)},"stored":"${stored}","authority":${JSON.stringify(authority)}}`,
    );
  });

  it.each([
    ["an id when it has none", `{${simple}}`, {}, '"id":"00000000-0000-4000-8000-000000000001"'],
    ["the id of the address", `{${simple}}`, { statementId: id }, `"id":"${id}"`],
    ["the time of storing as its time (part 2 §2.4.7)", `{${simple}}`, {}, `"timestamp":"${stored}"`],
    ["the version it was sent under (part 2 §2.4.10)", `{${simple}}`, {}, '"version":"1.0.0"'],
    [
      "the version it was sent under (2.0)",
      `{${simple}}`,
      { version: "2.0.0" as const },
      '"version":"2.0.0"',
    ],
    [
      "single context activities in lists (part 2 §2.4.6.2)",
      `{${simple},"context":{"contextActivities":{"parent":{"id":"https://p.example","definition":{"extensions":{"https://e.example":1.0}}}}}}`,
      {},
      '"parent":[{"id":"https://p.example","definition":{"extensions":{"https://e.example":1.0}}}]',
    ],
    [
      "such lists in a SubStatement",
      `{"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"https://v.example"},"object":{"objectType":"SubStatement",${simple},"context":{"contextActivities":{"other":{"id":"https://p.example"}}}}}`,
      {},
      '"other":[{"id":"https://p.example"}]',
    ],
  ])("is given %s", (_, text, more, expected) => {
    expect(body(text, more)).toContain(expected);
    expect(() => JSON.parse(body(text, more)) as unknown).not.toThrow();
  });

  it("loses what only the store may say (part 2 §2.4.8, §2.4.9)", () => {
    const text = `{${simple},"stored":"1999-01-01T00:00:00Z","authority":{"mbox":"mailto:liar@b.example"}}`;
    expect(JSON.parse(body(text))).toMatchObject({ stored, authority });
    expect(body(text)).not.toMatch(/1999|liar/);
  });

  it("tells that it voids, and what", () => {
    const [one] = prepared(
      `{"actor":{"mbox":"mailto:a@b.example"},"verb":{"id":"${voidedVerb}"},"object":{"objectType":"StatementRef","id":"${id}"}}`,
    );
    expect(one).toMatchObject({ voiding: true, reference: id.toLowerCase() });
  });

  it.each([
    [
      "two statements of one id, whatever its case",
      `[{"id":"${id}",${simple}},{"id":"${id.toLowerCase()}",${simple}}]`,
      {},
    ],
    [
      "another id than the address",
      `{"id":"${id}",${simple}}`,
      { statementId: "00000000-0000-4000-8000-000000000002" },
    ],
    ["broken JSON", `{${simple}`, {}],
  ])("is refused with %s", (_, text, more) => {
    expect(() => prepared(text, more)).toThrow(/twice|same|not JSON/);
  });

  it("is refused with the place of the fault in its batch", () => {
    const result = prepareStatements(`[{${simple}},{}]`, {
      version: "1.0.3",
      authority,
      fault: (statement) => (Object.keys(statement as object).length === 0 ? "actor is missing" : null),
      newId: () => id,
    });
    expect(result).toEqual({ ok: false, reason: "Statement 2 of 2: actor is missing" });
  });
});

describe("deciding what is new (xAPI 1.0.3 part 3 §2.1.1)", () => {
  const same = (a: string, b: string): boolean => a === b;
  const batch = (...statements: PreparedStatement[]): PreparedBatch => ({
    statements,
    attachments: [{ sha2: "a", content: new Uint8Array() }],
  });
  const [one, changed, two] = [
    ...prepared(`{"id":"${id}",${simple}}`),
    ...prepared(`{"id":"${id}",${simple},"result":{}}`),
    ...prepared(`{${simple}}`),
  ] as [PreparedStatement, PreparedStatement, PreparedStatement];
  const textOf = (statement: PreparedStatement): string => `{${statement.open}}`;

  it("takes what is unknown", () => {
    expect(decideBatches([batch(one, two)], new Map(), same)).toMatchObject({
      outcomes: [{ ok: true, ids: [id, two.sentId], known: 0 }],
      fresh: [one, two],
    });
  });

  it("does nothing for what is known and the same", () => {
    const known = new Map([[one.id, textOf(one)]]);
    expect(decideBatches([batch(one)], known, same)).toMatchObject({
      outcomes: [{ ok: true, ids: [id], known: 1 }],
      fresh: [],
    });
  });

  it("keeps a batch with a conflict out whole, attachments too, and the others in", () => {
    const known = new Map([[one.id, textOf(one)]]);
    const decided = decideBatches([batch(two, changed), batch(two)], known, same);
    expect(decided.outcomes).toMatchObject([{ ok: false }, { ok: true, known: 0 }]);
    expect(decided.fresh).toEqual([two]);
    expect(decided.attachments).toHaveLength(1);
  });

  it("compares with what an earlier batch of the same transaction brings", () => {
    const decided = decideBatches([batch(one), batch(one), batch(changed)], new Map(), same);
    expect(decided.outcomes).toMatchObject([{ ok: true, known: 0 }, { ok: true, known: 1 }, { ok: false }]);
    expect(decided.fresh).toEqual([one]);
  });
});
