import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { conceptIndex } from "#app/domain/assistant/concept.ts";
import { stored } from "#app/domain/assistant/reader-store.ts";
import { type Example, trainReader } from "#app/domain/assistant/reader-training.ts";
import { languages } from "#app/domain/content/language.ts";
import { languageOf } from "#app/domain/assistant/language-detection.ts";
import { aboutTheRules } from "#app/domain/assistant/purpose-reading.ts";
import { parseYaml } from "#app/domain/content/source.ts";
import { readerSources } from "#app/domain/risk/rule-set.server.ts";
import { sentenceVectors } from "#app/platform/sentence-vector.ts";

const terms = z
  .array(z.string().regex(/^[^A-Z\u00c0-\u024f]+$/, "write it folded: lower case, no accents"))
  .min(1);
const lexiconFile = z.strictObject({
  concepts: z.record(z.string(), z.partialRecord(z.enum(languages), terms)),
});
const examplesFile = z.strictObject({
  language: z.enum(languages),
  examples: z.record(z.string(), z.array(z.string().min(1)).min(1)),
});

/** Questions about the rules, by the clause that answers them. */
const askedFile = z.record(z.string(), z.array(z.string().min(1)).min(1));

/** The same seed and sources give the same reader, byte for byte. */
const settings = { epochs: 10, rate: 0.7, seed: 7, most: 12_000 };

const rules = join(process.env["CONTENT_DIR"] ?? "content", "rules");
const files = (folder: string): string[] =>
  readdirSync(join(rules, folder))
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => join(folder, name));
const read = (path: string): string => readFileSync(join(rules, path), "utf8");

const concepts: Record<string, string[]> = {};
for (const path of files("lexicon")) {
  const file = parseYaml(read(path), lexiconFile, join(rules, path));
  for (const [name, byLanguage] of Object.entries(file.concepts))
    concepts[name] = [...new Set([...(concepts[name] ?? []), ...Object.values(byLanguage).flat()])];
}
const index = conceptIndex(Object.entries(concepts).map(([name, list]) => ({ name, terms: list })));

const vectorsOf = sentenceVectors();
const examples: Example[] = [];
for (const path of files("examples")) {
  const file = parseYaml(read(path), examplesFile, join(rules, path));
  const list = Object.entries(file.examples).flatMap(([label, texts]) =>
    texts.map((text) => ({ label, text })),
  );
  const vectors: number[][] = [];
  if (file.language === "en")
    for (let i = 0; i < list.length; i += 32)
      vectors.push(...(await vectorsOf(list.slice(i, i + 32).map((e) => e.text))));
  examples.push(...list.map((e, i) => ({ ...e, vector: vectors[i] ?? null })));
  console.error(`${path}: ${list.length} examples`);
}
const asked = parseYaml(read("asked.yaml"), askedFile, join(rules, "asked.yaml"));
for (const text of Object.values(asked).flat()) {
  const [vector] = languageOf(text) === "en" ? await vectorsOf([text]) : [];
  examples.push({ text, label: aboutTheRules, vector: vector ?? null });
}
console.error(`${examples.length} examples, ${Object.keys(concepts).length} concepts: reading them …`);
const reader = trainReader(examples, index, settings);
const target = join(rules, "reader.json");
writeFileSync(target, `${JSON.stringify(stored(reader, { sources: readerSources(rules), concepts }))}\n`);
console.error(`${target}: ${reader.features.size} features, ${reader.labels.length} labels`);
