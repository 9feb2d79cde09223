import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { ContentError } from "../content/source.ts";
import { currentBridge, loadGlossary, publishGlossary } from "./glossary.server.ts";
import { isElsewhere, noGlossary, words } from "./glossary.ts";

const written = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), "clause7-glossary-"));
  mkdirSync(join(dir, "rules"));
  writeFileSync(join(dir, "rules", "glossary.yaml"), text);
  return dir;
};
const faultOf = (dir: string): ContentError => {
  try {
    loadGlossary(dir);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error("the glossary was accepted");
};

describe("loadGlossary", () => {
  const lists = "{ en: [a], de: [a], fr: [a], es: [a] }";

  it("names the line of an entry without a language", () => {
    const dir = written(
      `common: ${lists}\nelsewhere: ${lists}\nentries:\n  - { en: [CV], de: [Lebenslauf], fr: [CV] }\n`,
    );
    expect(faultOf(dir)).toMatchObject({ line: 4, file: join(dir, "rules", "glossary.yaml") });
    expect(faultOf(dir).reason).toContain("entries.0.es");
  });

  it("says which file is missing", () => {
    expect(faultOf(mkdtempSync(join(tmpdir(), "clause7-glossary-"))).reason).toBe("this file is missing");
  });
});

onBothEngines("the glossary", (database) => {
  it("is published once, and looked up as last published", () =>
    database.rolledBack(async (tx) => {
      const about = async (text: string) => isElsewhere(words(text), (await currentBridge(tx)).bridge);
      expect(await about("canteen")).toBe(false);
      const glossary = { ...noGlossary, elsewhere: { ...noGlossary.elsewhere, en: ["canteen"] } };
      const [entry] = await publishGlossary(tx, glossary);
      expect(entry).toMatchObject({ type: "content.published", subjectType: "glossary" });
      expect(await publishGlossary(tx, glossary)).toEqual([]);
      expect(await about("canteen")).toBe(true);
      await publishGlossary(tx, noGlossary);
      expect(await about("canteen")).toBe(false);
    }));
});
