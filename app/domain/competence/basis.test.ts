import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attestationInput,
  basisInput,
  basisState,
  decideSubmission,
  mayCount,
  mayStep,
  observed,
} from "./basis.ts";
import { basisKinds } from "./basis-kind.ts";
import { earlierNumbers, recognitionDates } from "./recognition.ts";
import { endOfDay } from "./recurrence.ts";
import { requirement } from "./requirement.ts";

const today = "2026-11-24";
const now = new Date(`${today}T09:00:00Z`);

it.each([
  [{}, { ok: true }],
  [{ validUntil: "2026-11-24" }, { ok: true }],
  [{ link: true, file: false }, { ok: true }],
  [{ obtainedOn: "2026-11-25" }, { ok: false, field: "obtainedOn", reason: "future" }],
  [{ validUntil: "2026-11-23" }, { ok: false, field: "validUntil", reason: "over" }],
  [{ validUntil: "2024-12-31" }, { ok: false, field: "validUntil", reason: "before" }],
  [{ file: false }, { ok: false, field: "file", reason: "no_proof" }],
  [{ link: true }, { ok: false, field: "file", reason: "two_proofs" }],
])("takes a proof, or says what is wrong: %j", (given, decided) => {
  const usual = { obtainedOn: "2025-01-01", validUntil: null, file: true, link: false };
  expect(decideSubmission({ ...usual, ...given }, today)).toEqual(decided);
});

it.each([
  ["http://example.org/diploma", false],
  ["javascript:alert(1)", false],
  ["https://user:secret@example.org", false],
  ["https://example.org/diploma?id=1", true],
  ["", true],
])("takes the link %j: %j", (link, taken) => {
  const sent = {
    requirement: "",
    kind: "education",
    title: "MSc",
    issuer: "TU",
    obtainedOn: today,
    validUntil: "",
    note: "",
  };
  expect(basisInput.safeParse({ ...sent, link }).success).toBe(taken);
});

it("wants words with an attestation", () => {
  const sent = { method: "observation", observedOn: today, validUntil: "", note: "ok" };
  expect(attestationInput.safeParse(sent).success).toBe(false);
});

describe("counting", () => {
  const accepts = { accepts: [...basisKinds] };
  const open = { completedAt: null, attemptOpen: false };
  const met = [{ text: "a", met: true, note: "" }];
  const of = (
    kind: (typeof basisKinds)[number],
    criteria = null as typeof met | null,
    validUntil = null as string | null,
  ) => ({
    kind,
    criteria,
    validUntil,
  });

  it.each([
    [of("experience"), accepts, open, today, "ok"],
    [of("experience"), {}, open, today, "not_accepted"],
    [of("experience"), { accepts: ["education" as const] }, open, today, "not_accepted"],
    [of("attestation", met), accepts, open, today, "ok"],
    [of("attestation", [...met, { text: "b", met: false, note: "" }]), accepts, open, today, "not_met"],
    [of("attestation", []), accepts, open, today, "not_met"],
    [of("attestation"), accepts, open, today, "not_met"],
    [of("experience"), accepts, null, today, "nothing_open"],
    [of("experience"), accepts, { ...open, completedAt: now }, today, "nothing_open"],
    [of("experience"), accepts, { ...open, attemptOpen: true }, today, "attempt_open"],
    [of("experience"), accepts, open, "2026-11-23", "over"],
    [of("experience", null, "2026-12-31"), accepts, open, "2026-12-31", "ok"],
    [of("experience", null, "2026-12-31"), accepts, open, "2027-01-01", "beyond_basis"],
  ])("%j for %j, %j until %s: %s", (basis, requires, period, until, answer) => {
    const decided = mayCount(basis, requires, period, until, today);
    expect(decided.ok ? "ok" : decided.reason).toBe(answer);
  });

  it("never lets an attestation count of which a criterion is not met", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("met", "not_met", "", "MET", "true"), { maxLength: 6 }),
        (said) => {
          const criteria = observed(
            said.map((_, i) => `criterion ${i}`),
            said.map((one) => ({ met: one, note: "" })),
          );
          const all = said.length > 0 && said.every((one) => one === "met");
          if (criteria === null) {
            expect(said.some((one) => one !== "met" && one !== "not_met")).toBe(true);
            return;
          }
          const { ok } = mayCount(of("attestation", criteria), accepts, open, today, today);
          expect(ok).toBe(all);
        },
      ),
    );
  });

  it("says nothing where a criterion is left out", () => {
    expect(observed(["a", "b"], [{ met: "met", note: "" }])).toBeNull();
  });
});

it.each([
  ["approved", "submitted", "p-hr", "ok"],
  ["approved", "submitted", "p-ann", "own"],
  ["approved", "submitted", "p-boss", "own_submission"],
  ["refused", "approved", "p-hr", "decided"],
  ["withdrawn", "submitted", "p-boss", "ok"],
  ["withdrawn", "refused", "p-boss", "decided"],
  ["revoked", "approved", "p-hr", "ok"],
  ["revoked", "approved", "p-ann", "own"],
  ["revoked", "refused", "p-hr", "not_approved"],
  ["approved", "revoked", "p-hr", "decided"],
] as const)("lets a basis be %s after %s by %s: %s", (step, state, actorId, answer) => {
  const decided = mayStep(step, { personId: "p-ann", submittedBy: "p-boss", state }, actorId);
  expect(decided.ok ? "ok" : decided.reason).toBe(answer);
});

it("stands where its last event put it", () => {
  expect(basisState([])).toBe("submitted");
  expect(basisState([{ kind: "approved" }, { kind: "revoked" }])).toBe("revoked");
});

it("counts as long as the training would, and never beyond its own last day", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 36 }),
      fc.option(fc.integer({ min: 0, max: 2000 }), { nil: null }),
      fc.boolean(),
      (validMonths, days, renews) => {
        const last =
          days === null ? null : new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
        const rule = { validMonths, windowDays: 20, effectiveFrom: "2025-09-01" };
        const person = { hiredOn: "2024-01-08", timeZone: "UTC" };
        const ends = new Date(now.getTime() + 20 * 86_400_000);
        const earlier = renews ? { anchorOn: null, renewFrom: now, expiresAt: ends } : null;
        const full = recognitionDates(rule, person, earlier, now, null);
        const { expiresAt, renewFrom } = recognitionDates(rule, person, earlier, now, last);
        expect(expiresAt <= full.expiresAt).toBe(true);
        if (last !== null) expect(expiresAt <= endOfDay(last, person.timeZone)).toBe(true);
        // To a second: an end is the last second of its day.
        expect((expiresAt.getTime() - renewFrom.getTime()) / 86_400_000).toBeCloseTo(21, 3);
        expect(expiresAt > now).toBe(true);
      },
    ),
  );
});

it.each([
  [[], 2, [1, 2]],
  [[1], 2, [-1, 0]],
  [[2, 1, 3], 1, [0]],
  [[0, -1, 1], 1, [-2]],
])("numbers periods before %j, %d of them: %j", (existing, count, numbers) => {
  expect(earlierNumbers(existing, count)).toEqual(numbers);
});

it("has criteria wherever a manager may attest", () => {
  const of = {
    slug: "r",
    title: "R",
    module: "m",
    audiences: ["a"],
    validMonths: 12,
    windowDays: 60,
    dueDays: 30,
    graceDays: 14,
    effectiveFrom: "2026-01-01",
    basis: ["x"],
  };
  expect(requirement.safeParse({ ...of, accepts: ["attestation"] }).success).toBe(false);
  expect(requirement.safeParse({ ...of, accepts: ["attestation"], criteria: ["Does it"] }).success).toBe(
    true,
  );
  expect(requirement.safeParse(of).success).toBe(true);
});
