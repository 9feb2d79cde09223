import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { followedAfter, lagging, untranslated } from "./lagging.ts";
import { translatedLanguages } from "./language.ts";
import { moduleFiles, type ModuleSource, parseSource } from "./module-source.ts";
import { textAt, withAdded, withText } from "./outline.ts";
import { editable, sectionsOf } from "./section.ts";
import { mustDiffer, stillEnglish } from "./still-english.ts";
import { lessonTemplate } from "./template.ts";
import { translationsIn, withoutTranslation, withTranslation } from "./wording.ts";

const folder = "content/modules";
const sources: Record<string, ModuleSource> = Object.fromEntries(
  readdirSync(folder).map((one) => {
    const files = moduleFiles.filter((name) => existsSync(`${folder}/${one}/${name}`));
    return [
      one,
      Object.fromEntries(files.map((name) => [name, readFileSync(`${folder}/${one}/${name}`, "utf8")])),
    ];
  }),
);
const slug = "ai-for-people-managers";
const translated = sources[slug] ?? {};
const bare = translatedLanguages.reduce(withoutTranslation, translated);

/** The source with a part rewritten as a person would in the editor. */
function edited(source: ModuleSource, file: string, part: number, from: string, to: string): ModuleSource {
  const section = sectionsOf(file, source[file] ?? "")[part];
  const text = section ? editable(section) : "";
  expect(text).toContain(from);
  const done = withText(source, { file, part }, text.replace(from, to));
  if (!done.ok) throw new Error(done.reason);
  return done.source;
}

it.each(Object.keys(sources))(
  "begins a translation of %s with words that read as the English ones",
  (one) => {
    const english = translatedLanguages.reduce(withoutTranslation, sources[one] ?? {});
    const begun = withTranslation(english, "fr");
    const module = parseSource(begun, "");
    const [french] = module.translations ?? [];
    expect(french).toMatchObject({ language: "fr", title: module.title, objectives: module.objectives });
    expect(french?.lessons).toEqual(module.lessons);
    expect(french?.items).toEqual(module.items);
    expect(untranslated(begun, "fr")).toBe(0);
    expect(withoutTranslation(begun, "fr")).toEqual(english);
  },
);

it("finds nothing still English in the translations there are, and everything in one that was only begun", () => {
  for (const source of Object.values(sources)) expect(stillEnglish(source)).toEqual([]);
  const begun = withTranslation(bare, "de");
  const found = stillEnglish(begun);
  const rows = (file: string): string[] => (begun[file] ?? "").split("\n");
  for (const { file, line, text } of found) expect(rows(file)[line - 1]).toContain(text.slice(0, 12));
  const stems = parseSource(bare, "").items.map((item) => item.stem.replace(/\s+/g, " "));
  expect(found.map((one) => one.text)).toEqual(expect.arrayContaining(stems.filter(mustDiffer)));
});

it.each([
  ["Who decides about people", true],
  ["Agnieszka Nowak, Engineering Manager", false],
  ["ISO/IEC 42001:2023", false],
  ["Ask the reviewer", false],
  ["See https://example.org/who/decides/about/people", false],
])("knows a text that must differ between languages: %s", (text, expected) => {
  expect(mustDiffer(text)).toBe(expected);
});

it("adds to a translation what it lacks, in the order of the English files, and keeps what is there", () => {
  const text = lessonTemplate({ title: "Last", id: "last", objective: "o1", question: "lm-999" });
  const more = withAdded(translated, { file: "module.md", after: 1, kind: "lesson", text });
  if (!more.ok) throw new Error(more.reason);
  expect(untranslated(more.source, "de")).toBe(1);
  const done = withTranslation(more.source, "de");
  const ids = (file: string): (string | null)[] => sectionsOf(file, done[file] ?? "").map((one) => one.id);
  expect(ids("module.de.md")).toEqual(ids("module.md"));
  expect(textAt(done, { file: "module.de.md", part: 1 })).toBe(
    textAt(translated, { file: "module.de.md", part: 1 }),
  );
  expect(done["items.de.yaml"]).toBe(translated["items.de.yaml"]);
  expect(withTranslation(done, "de")).toEqual(done);
});

it("says which translations must follow an English text, until they do or the text is as it was", () => {
  expect(lagging(translated, translated, {})).toEqual([]);
  const now = edited(translated, "items.yaml", 1, "A tool has ranked them.", "A tool has sorted them.");
  const lags = lagging(now, translated, {});
  expect(lags.map((one) => one.key)).toEqual(translatedLanguages.map((one) => `${one} item pm-001`));
  expect(lags[0]).toMatchObject({
    file: "items.de.yaml",
    part: 1,
    before: expect.stringContaining("ranked them"),
  });
  expect(lags[0]?.now).toContain("sorted them");

  const german = edited(now, "items.de.yaml", 1, "Rangfolge gebracht", "Reihe gebracht");
  const followed = followedAfter({}, now, german);
  expect(lagging(german, translated, followed).map((one) => one.language)).toEqual(["fr", "es"]);
  // It followed the text as it was then: another change is another reason.
  const again = edited(german, "items.yaml", 1, "A tool has sorted them.", "A person has sorted them.");
  const twice = lagging(again, translated, followedAfter(followed, german, again));
  expect(twice.map((one) => one.language)).toEqual(["de", "fr", "es"]);
  expect(twice[0]?.before).toContain("A tool has sorted");
  const back = edited(now, "items.yaml", 1, "A tool has sorted them.", "A tool has ranked them.");
  expect(lagging(back, translated, followedAfter({}, now, back))).toEqual([]);
});

it("takes no notice of what a translation does not have: keys, minutes and figures", () => {
  const now = edited(
    edited(translated, "items.yaml", 1, "difficulty: 0.7", "difficulty: 0.9"),
    "module.md",
    1,
    "minutes: 3",
    "minutes: 4",
  );
  expect(lagging(now, translated, {})).toEqual([]);
});

it("knows of a new module what its translations were begun from", () => {
  const begun = withTranslation(bare, "es");
  const followed = followedAfter({}, bare, begun);
  expect(lagging(begun, null, followed)).toEqual([]);
  const now = edited(begun, "module.md", 1, "# Decisions about people", "# Decisions on people");
  expect(lagging(now, null, followed)).toMatchObject([{ language: "es", kind: "lesson", part: 1 }]);
  const gone = withoutTranslation(now, "es");
  expect(translationsIn(gone)).toEqual([]);
  expect(followedAfter(followed, now, gone)).toEqual({});
});
