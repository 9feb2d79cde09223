import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { decideErasure, erasureCategories, type ErasureDecision, heldCategories } from "./erasure.ts";

const all = (erase: boolean, ground: ErasureDecision["ground"]): ErasureDecision[] =>
  erasureCategories.map((category) => ({ category, erase, ground }));
const free = { held: new Map(), employed: false };

it.each([
  ["grants all", all(true, "not_needed"), free, { ok: true, outcome: "granted" }],
  ["refuses all", all(false, "legal_duty"), free, { ok: true, outcome: "refused" }],
  [
    "keeps what a hold keeps",
    all(true, "objected"),
    { held: new Map([["answers", []]] as const), employed: false },
    { ok: false, refusals: { answers: "held" } },
  ],
  [
    "keeps the identity of who works here",
    all(true, "objected"),
    { held: new Map(), employed: true },
    { ok: false, refusals: { identity: "employed" } },
  ],
] as const)("%s", (_, decisions, facts, decided) => {
  expect(decideErasure(decisions, facts)).toEqual(decided);
});

test.prop([fc.array(fc.boolean(), { minLength: 5, maxLength: 5 })])(
  "is granted in part when some is erased and some is kept",
  (erased) => {
    const decisions = erasureCategories.map((category, i): ErasureDecision => {
      const erase = erased[i] ?? false;
      return { category, erase, ground: erase ? "not_needed" : "legal_claims" };
    });
    const result = decideErasure(decisions, free);
    const count = erased.filter(Boolean).length;
    expect(result).toEqual({
      ok: true,
      outcome: count === 0 ? "refused" : count === erasureCategories.length ? "granted" : "partly",
    });
  },
);

it("counts the holds of a person and those of everybody, until they end", () => {
  const hold = { id: "h", categories: ["answers"], until: "2026-12-31", endedAt: null };
  const held = (over: object, today = "2026-12-31") =>
    heldCategories([{ ...hold, personId: null, ...over }], "p-a", today).has("answers");
  expect([held({}), held({ personId: "p-a" }), held({ personId: "p-b" })]).toEqual([true, true, false]);
  expect([held({}, "2027-01-01"), held({ endedAt: new Date() })]).toEqual([false, false]);
});
