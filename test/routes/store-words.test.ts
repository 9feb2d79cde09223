import { describe, expect, it } from "vitest";
import { everything, type TargetFilter } from "#app/domain/evidence/outbox.ts";
import { verbs } from "#app/domain/evidence/statement.ts";
import "#app/i18n/catalogues.server.ts";
import { translateInto } from "#app/i18n/translate.ts";
import { filterRefusalWords, filterWords } from "#app/routes/_app.admin.outbox/filter-words.ts";
import { findingWords, gapWords } from "#app/routes/_app.admin.reconciliation/copy-words.ts";

const en = translateInto("en");
const de = translateInto("de");

describe("what an external store gets", () => {
  it.each<[Partial<TargetFilter>, string]>([
    [{}, "Every statement"],
    [{ origin: "own", verbs: [verbs.passed, "urn:x"] }, "Own statements with passed, urn:x"],
    [{ origin: "received", activities: ["urn:a"] }, "Received statements about urn:a…"],
    [{ verbs: [verbs.passed], activities: ["urn:a"] }, "Every statement with passed about urn:a…"],
  ])("the filter %j reads “%s”", (parts, words) => {
    expect(filterWords(en, { ...everything, ...parts })).toBe(words);
  });

  it("is said in the language of who reads it", () => {
    expect(filterWords(de, { ...everything, origin: "own" })).toBe("Eigene Statements");
    const refusal = { field: "verbs", reason: "too_many", most: 50, given: 51 } as const;
    expect(filterRefusalWords(en, refusal)).toBe("Write at most 50 lines; there are 51.");
    expect(filterRefusalWords(de, refusal)).toBe("Schreiben Sie höchstens 50 Zeilen; es sind 51.");
  });
});

describe("what is found of a record there", () => {
  it("is a sentence for each finding", () => {
    expect(findingWords(en, [{ state: "there", count: 2 }], 2)).toEqual(["All 2 are there."]);
    expect(findingWords(en, [], 0)).toEqual(["There is nothing to send."]);
    const findings = [
      { state: "waiting", count: 1 },
      { state: "missing", count: 2 },
      { state: "there", count: 1 },
    ] as const;
    expect(findingWords(en, findings, 4)).toEqual([
      "1 statement is waiting for its turn.",
      "2 statements are missing there.",
      "1 of 4 are there.",
    ]);
    expect(findingWords(de, findings, 4)).toEqual([
      "1 Statement wartet, bis es an der Reihe ist.",
      "2 Statements fehlen dort.",
      "1 von 4 sind dort.",
    ]);
  });

  it("names what is missing here, with numbers where only some are", () => {
    expect(gapWords(en, { missing: "certificate" })).toBe("certificate");
    const some = { missing: "statements answered", of: { there: 11, due: 12 } };
    expect(gapWords(en, some)).toBe("statements answered (11 of 12)");
    expect(gapWords(de, some)).toBe("Statements answered (11 von 12)");
  });
});
