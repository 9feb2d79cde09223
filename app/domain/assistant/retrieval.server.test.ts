import { expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { publishSample } from "#test/sample.ts";
import { passagesAbout, passagesById, passagesNamed } from "./retrieval.server.ts";

const published = new Date("2026-11-23T08:00:00Z");
const today = "2026-11-24";

onBothEngines("retrieval", (database) => {
  it("finds clauses in force by what they say", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, published);
      const first = async (text: string) => {
        const [best] = await passagesAbout(tx, text, today, 3);
        return best && `${best.policySlug}#${best.number}`;
      };
      expect(await first("May I enter a password or an access token?")).toBe("acceptable-use-policy#3.4");
      expect(await first("customer e-mails and tickets")).toBe("acceptable-use-policy#3.3");
      expect(await first("shadow AI: private chatbot accounts")).toBe("acceptable-use-policy#2.3");
      expect(await first("Who has the last word, four eyes?")).toBe("escalation-procedure#3.2");
    }));

  it("quotes the version in force on the day, never a superseded or a future one", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, published);
      const version = async (day: string) => {
        const found = [
          ...(await passagesAbout(tx, "customer data", day, 20)),
          ...(await passagesNamed(tx, ["acceptable-use-policy#3.3"], day)),
        ].filter((p) => p.policySlug === "acceptable-use-policy");
        return [...new Set(found.map((p) => p.policyVersion))];
      };
      expect(await version("2025-01-14")).toEqual([]);
      expect(await version("2025-06-01")).toEqual(["1.0"]);
      expect(await version("2026-02-28")).toEqual(["1.0"]);
      expect(await version("2026-03-01")).toEqual(["2.0"]);
    }));

  it("answers named clauses in the order named and leaves out unknown ones", () =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, published);
      const found = await passagesNamed(
        tx,
        ["transparency-standard#1.1", "acceptable-use-policy#99.1", "acceptable-use-policy#4.3"],
        today,
      );
      expect(found.map((p) => p.policySlug)).toEqual(["transparency-standard", "acceptable-use-policy"]);
      expect(await passagesById(tx, [found[0]?.clauseId ?? ""])).toEqual(found.slice(0, 1));
      expect(await passagesNamed(tx, [], today)).toEqual([]);
    }));

  it.each([
    ["nothing", ""],
    ["white space", "   "],
    ["stop words", "the of and"],
    ["operators", "' | & ! <-> ( :*"],
    ["other scripts", "💥 ∑ 汉字"],
    ["quotes and backslashes", "a\\b\"c'd"],
    ["one endless word", "x".repeat(2000)],
  ])("takes %s for a search", (_title, text) =>
    database.rolledBack(async (tx) => {
      await publishSample(tx, published);
      expect(await passagesAbout(tx, text, today, 3)).toBeInstanceOf(Array);
    }),
  );
});
