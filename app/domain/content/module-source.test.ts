import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkCitations, declared, moduleFiles, type ModuleSource, parseSource } from "./module-source.ts";

const folder = "content/modules";
const sources = readdirSync(folder).map((slug) => ({
  slug,
  source: Object.fromEntries(
    readdirSync(`${folder}/${slug}`)
      .filter((name) => moduleFiles.includes(name))
      .map((name) => [name, readFileSync(`${folder}/${slug}/${name}`, "utf8")]),
  ) as ModuleSource,
}));
const { "module.md": text = "", "items.yaml": items = "" } = sources[0]?.source ?? {};
const source: ModuleSource = { "module.md": text, "items.yaml": items };

describe.each(sources)("$slug", ({ source }) => {
  it("says the same but for what is declared, and every other line stays", () => {
    const before = parseSource(source, "");
    const declaration = {
      version: "12.10.0",
      change: "material",
      changeNote: 'Rewritten: "all" of it, # and more',
      approver: "p-ines",
    } as const;
    const after = declared(source, declaration);
    expect(parseSource(after, "")).toEqual({ ...before, ...declaration });
    const kept = (text: string | undefined) =>
      (text ?? "").split("\n").filter((row) => !/^(version|change|changeNote|approver):/.test(row));
    expect(kept(after["module.md"])).toEqual(kept(source["module.md"]));
    const { "module.md": _, ...others } = source;
    expect(after).toMatchObject(others);
  });
});

it("takes figures to the lessons they are named after, and refuses those of none", () => {
  const core = sources.find((one) => one.slug === "ai-awareness")?.source ?? {};
  const name = "figures/what-ai-is.svg";
  const svg = readFileSync(`${folder}/ai-awareness/${name}`, "utf8");
  const [lesson] = parseSource({ ...core, [name]: svg }, "").lessons;
  expect(lesson?.figure).toContain('id="what-ai-is-t"');
  expect(() => parseSource({ ...core, "figures/nothing.svg": svg }, "")).toThrow("no lesson has this id");
  expect(() => parseSource({ ...core, [name]: "<svg><script/></svg>" }, "")).toThrow(
    "figures/what-ai-is.svg:1",
  );
});

it("names the file and the line of a fault, and of a file that is missing", () => {
  const { "items.yaml": _, ...without } = source;
  expect(() => parseSource(without, "content/x")).toThrow("content/x/items.yaml:1: this file is missing");
  const untranslated = { "module.md": source["module.md"] ?? "", "items.yaml": source["items.yaml"] ?? "" };
  expect(() => parseSource({ ...untranslated, "items.de.yaml": "items: []" }, "")).toThrow(
    "items.de.yaml:1: module.de.md is missing",
  );
});

it("names what cites a clause or a policy that there is not", () => {
  const module = parseSource(source, "");
  const clauses = new Set(module.items.flatMap((item) => item.clause ?? []));
  for (const lesson of module.lessons)
    for (const part of lesson.parts)
      if (part.kind === "question" && part.item.clause) clauses.add(part.item.clause);
  const policies = new Set(module.acknowledges);
  expect(() => checkCitations(module, source, "", { clauses, policies })).not.toThrow();
  expect(() => checkCitations(module, source, "", { clauses, policies: new Set() })).toThrow(
    /^module\.md:\d+: there is no policy/,
  );
  const first = module.items.find((item) => item.clause);
  clauses.delete(first?.clause ?? "");
  expect(() => checkCitations(module, source, "", { clauses, policies })).toThrow(/no policy has the clause/);
});
