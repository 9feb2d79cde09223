import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { newModuleSource } from "./new-module.ts";
import { type ModuleSource, parseSource } from "./module-source.ts";
import { withAdded, withoutPart } from "./outline.ts";
import { removedPart, withRestored } from "./removed.ts";
import { sectionsOf } from "./section.ts";
import { itemTemplate } from "./template.ts";

const folder = "content/modules/ai-for-contractors";
const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
const source: ModuleSource = Object.fromEntries(
  names
    .filter((name) => /\.(?:md|yaml|svg)$/.test(name) && existsSync(`${folder}/${name}`))
    .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
);
const module = parseSource(source, "");

it.each(["module.md", "items.yaml"])(
  "brings back each part of %s as it was, translations and figures too",
  (file) => {
    for (const part of sectionsOf(file, source[file] ?? "").keys()) {
      // Each takes a reading of all: of a long bank some are enough.
      if (part === 0 || part % (file === "items.yaml" ? 9 : 1) > 0) continue;
      const removed = removedPart(source, { file, part });
      const without = withoutPart(source, { file, part });
      if (!removed || !without.ok) throw new Error(`part ${part} cannot be deleted`);
      const back = withRestored(without.source, removed);
      if (!back.ok) throw new Error(back.reason);
      expect(Object.keys(back.source).toSorted()).toEqual(Object.keys(source).toSorted());
      expect(parseSource(back.source, "")).toEqual(module);
    }
  },
);

it("brings back the only item, and a part whose translation was deleted meanwhile", () => {
  const empty = newModuleSource({
    slug: "s",
    title: "T",
    summary: "S",
    audiences: [],
    objectives: ["O"],
    minutes: 5,
    passMark: 1,
  });
  const text = itemTemplate({ type: "ordering", id: "i-1", objective: "o1" });
  const one = withAdded(empty, { file: "items.yaml", after: null, kind: "item", text });
  if (!one.ok) throw new Error(one.reason);
  const removed = removedPart(one.source, { file: "items.yaml", part: 1 });
  if (!removed) throw new Error("nothing to bring back");
  expect(withRestored(empty, removed)).toEqual(one);

  const lesson = removedPart(source, { file: "module.md", part: 1 });
  const { "module.de.md": gone, ...left } = source;
  if (!lesson || !gone) throw new Error("no translation");
  const back = withRestored(left, lesson);
  expect(back.ok && "module.de.md" in back.source).toBe(false);
});

it("refuses a text that is no part, a file that is gone and the head", () => {
  const piece = { file: "module.md", part: 1, text: "No heading.\n" };
  expect(withRestored(source, { title: "", pieces: [piece], figures: [] })).toEqual({
    ok: false,
    reason: "borders",
  });
  expect(withRestored({}, { title: "", pieces: [piece], figures: [] })).toEqual({
    ok: false,
    reason: "missing",
  });
  expect(removedPart(source, { file: "module.md", part: 0 })).toBeNull();
});

it("does not bring back a translation that did not follow its English words", () => {
  const [, one] = sectionsOf("items.yaml", source["items.yaml"] ?? "");
  const changed = (source["items.yaml"] ?? "").replace(one?.title ?? "?", "Asked in other words?");
  const removed = removedPart({ ...source, "items.yaml": changed }, { file: "items.yaml", part: 1 });
  expect(removed?.title).toBe("Asked in other words?");
  expect(removed?.pieces.map(({ file }) => file)).toEqual(["items.yaml"]);
  expect(removedPart(source, { file: "items.yaml", part: 1 })?.pieces).toHaveLength(4);
});
