import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkDraft } from "./draft-check.ts";
import type { Module } from "./module.ts";
import { moduleFiles, type ModuleSource, parseSource } from "./module-source.ts";
import { newModuleSource } from "./new-module.ts";
import { withAdded } from "./outline.ts";
import { previewable } from "./previewable.ts";
import { sectionsOf } from "./section.ts";
import { stillEnglish, withoutEnglish } from "./still-english.ts";
import { itemTemplate } from "./template.ts";
import { marksFile, withoutTranslation, withTranslation } from "./wording.ts";

const read = (slug: string): ModuleSource =>
  Object.fromEntries(
    [...moduleFiles, marksFile]
      .filter((name) => existsSync(`content/modules/${slug}/${name}`))
      .map((name) => [name, readFileSync(`content/modules/${slug}/${name}`, "utf8")]),
  );
const source = read("ai-for-contractors");
const module = parseSource(source, "");
const ids = (of: Module | null) =>
  of && { lessons: of.lessons.map((l) => l.id), items: of.items.map((i) => i.id) };
const all = ids(module) ?? { lessons: [], items: [] };
const [firstLesson, ...otherLessons] = all.lessons;
const [firstItem = "", ...otherItems] = all.items;

const changed = (file: string, from: string | RegExp, to: string): ModuleSource => {
  const text = (source[file] ?? "").replace(from, to);
  expect(text).not.toBe(source[file]);
  return { ...source, [file]: text };
};

it.each<[string, ModuleSource, typeof all | null]>([
  ["without a fault", source, all],
  ["a blueprint that asks for too much", changed("module.md", /items: \d+ \}/, "items: 99 }"), all],
  [
    "an unknown type in the first item",
    changed("items.yaml", /type: \w+/, "type: essay"),
    { ...all, items: otherItems },
  ],
  [
    "a quote left open in the first item",
    changed("items.yaml", /stem: "/, 'stem: "" "'),
    { ...all, items: otherItems },
  ],
  [
    "an open fence in the first lesson",
    changed("module.md", /```lesson\n([\s\S]*?)```/, "```lesson\n$1"),
    { lessons: otherLessons, items: all.items },
  ],
  ["a figure that is none", { ...source, [`figures/${firstLesson}.svg`]: "<p>" }, all],
  [
    "no item at all",
    { ...source, "items.yaml": "items:\n", "items.de.yaml": "", "items.fr.yaml": "", "items.es.yaml": "" },
    { ...all, items: [] },
  ],
  ["a head without a title", changed("module.md", /^title: .*\n/m, ""), null],
  ["a head that is no YAML", changed("module.md", /^title: /m, "title: [ "), null],
  [
    "nothing but a head",
    newModuleSource({
      slug: "s",
      title: "T",
      summary: "S",
      audiences: [],
      objectives: ["O"],
      minutes: 5,
      passMark: 1,
    }),
    null,
  ],
])("shows what can be read of a draft with %s", (_, files, expected) => {
  expect(ids(previewable(files))).toEqual(expected);
});

it("shows the first item of a module that has no lesson yet, and a translation as far as it fits", () => {
  const begun = newModuleSource({
    slug: "s",
    title: "T",
    summary: "S",
    audiences: [],
    objectives: ["O"],
    minutes: 5,
    passMark: 1,
  });
  const text = itemTemplate({ type: "true_false", id: "i-1", objective: "o1" }).replaceAll(
    '""',
    "Some words",
  );
  const one = withAdded(begun, { file: "items.yaml", after: null, kind: "item", text });
  expect(one.ok && ids(previewable(one.source))).toEqual({ lessons: [], items: ["i-1"] });

  const faulty = changed("items.de.yaml", /stem: /, "stemm: ");
  const german = previewable(faulty)?.translations?.find((of) => of.language === "de");
  expect(german?.items.map((item) => item.id)).toEqual(otherItems);
  expect(german?.lessons.map((one) => one.id)).toEqual(all.lessons);
});

it("takes what is still English out of a translation, which can then be published", () => {
  const bare = withoutTranslation(source, "de");
  const begun = withTranslation(bare, "de");
  const head = (source["module.de.md"] ?? "").slice(
    0,
    sectionsOf("module.md", source["module.de.md"] ?? "")[0]?.text.length,
  );
  const rest = (begun["module.de.md"] ?? "").slice(
    sectionsOf("module.md", begun["module.de.md"] ?? "")[0]?.text.length,
  );
  const [, item] = sectionsOf("items.yaml", source["items.de.yaml"] ?? "");
  const [top, old] = sectionsOf("items.yaml", begun["items.de.yaml"] ?? "");
  const items = (begun["items.de.yaml"] ?? "").replace(old?.text ?? "?", item?.text ?? "");
  const part = { ...begun, "module.de.md": head + rest, "items.de.yaml": items };
  expect(top?.kind).toBe("head");
  expect(stillEnglish(part).length).toBeGreaterThan(100);
  const short = withoutEnglish(part, "de");
  const clauses = new Set(
    module.items
      .concat(module.lessons.flatMap((l) => l.parts.flatMap((p) => (p.kind === "question" ? [p.item] : []))))
      .flatMap((i) => i.clause ?? []),
  );
  const check = checkDraft(short, module.slug, { clauses, policies: new Set(module.acknowledges) });
  expect(check).toMatchObject({ ok: true });
  const german = check.ok ? check.module.translations?.find((one) => one.language === "de") : undefined;
  expect(german?.items.map((one) => one.id)).toContain(firstItem);
  expect(german?.lessons).toEqual([]);
  // With nothing translated but the head, there is no item file to say so.
  expect(withoutEnglish({ ...begun, "module.de.md": head + rest }, "de")["items.de.yaml"]).toBeUndefined();
});
