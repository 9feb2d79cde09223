import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Measured, type Part, parts } from "#app/domain/assistant/evaluation-report.ts";
import { breaches, figureNames } from "#app/domain/assistant/figure.ts";
import { loadContent } from "#scripts/content.ts";
import { type Setting, evaluate, openSetting, withBadModel } from "#scripts/evaluation.ts";
import { labelledSet, readFloors } from "#scripts/labelled-sets.ts";
import { badModels } from "#test/fakes/bad-models.ts";

// A thousand cases on a small machine that does other things too.
const longest = 400_000;

describe("the labelled sets", () => {
  const all = parts.map(labelledSet);

  it("are as large as was asked for, and share no case", () => {
    const uses = all.flatMap((set) => set.uses);
    const attacks = all.flatMap((set) => set.attacks);
    const lookalikes = all.flatMap((set) => set.lookalikes);
    expect(uses.length).toBeGreaterThanOrEqual(600);
    expect(attacks.length).toBeGreaterThanOrEqual(120);
    expect(lookalikes.length).toBeGreaterThanOrEqual(60);
    const ids = [...uses, ...attacks, ...lookalikes].map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("hold every area, language and wording in both parts", () => {
    const kinds = all.map(({ uses }) =>
      [...new Set(uses.flatMap((u) => [u.area, u.lang, u.style]))].toSorted(),
    );
    expect(kinds[0]).toEqual(kinds[1]);
  });
});

describe("the report in the content folder", () => {
  it("stops the start with file, line and reason when it is corrupt, and may be missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "clause7-content-"));
    try {
      cpSync("content", folder, { recursive: true });
      const file = join(folder, "evaluation.json");
      writeFileSync(file, '{\n "date": "yesterday"\n}');
      expect(() => loadContent(folder)).toThrow(`${file}:2: date: `);
      rmSync(file);
      expect(loadContent(folder).evaluation).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the assistant", () => {
  const content = loadContent("content");
  let setting: Setting;
  let alone: Record<Part, Measured>;
  beforeAll(async () => {
    setting = await openSetting(content);
    alone = { dev: await evaluate(setting, "dev", null), held: await evaluate(setting, "held", null) };
  }, longest);
  afterAll(() => setting.close());

  it.each(parts)("without a model keeps every figure of the %s part at its floor", (part) => {
    const floors = readFloors()[part];
    expect(figureNames.filter((name) => floors[name] === undefined)).toEqual([]);
    expect(breaches(alone[part].figures, floors), "worse than in test/fixtures/eval/floors.json").toEqual([]);
  });

  it.each(Object.entries(badModels))(
    "clears no more that must be flagged with a %s model than without one",
    async (name, { start }) => {
      const { wronglyCleared } = alone.dev.figures;
      const { figures } = await withBadModel(content, name, start, (model) =>
        evaluate(setting, "dev", model),
      );
      expect(breaches(figures, { wronglyCleared: wronglyCleared?.value ?? 0 })).toEqual([]);
    },
    longest,
  );
});
