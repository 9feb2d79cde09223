import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ContentError, faultsIn } from "#app/domain/content/source.ts";
import { loadContent } from "#scripts/content.ts";

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** One mistake: in which file, what becomes of its text, and what the line that is named says then. */
type Mistake = { file: string; make: (text: string) => string; line: RegExp; reason: RegExp };

const modules = {
  engineers: "modules/ai-for-engineers",
  managers: "modules/ai-for-people-managers",
  core: "modules/ai-awareness",
};
const first = (from: string | RegExp, to: string) => (text: string) => {
  const next = text.replace(from, to);
  if (next === text) throw new Error(`nothing reads ${from}`);
  return next;
};

/** A bank with one item more, in which something is written otherwise than it should be. */
const withItem = (from: string, to: string) => (text: string) =>
  `${text.trimEnd()}\n${first(
    from,
    to,
  )(`  - id: zz-901
    type: single_choice
    objective: o1
    level: apply
    riskDomain: 2
    clause: acceptable-use-policy#3.3
    stem: What do you do?
    options:
      - { id: a, text: One, correct: true, feedback: Why. }
      - { id: b, text: Two, feedback: Why. }
`)}`;

// Every mistake stands in a copy of the content folder together with all others.
const mistakes: Record<string, Mistake> = {
  "broken YAML": {
    file: `${modules.managers}/items.yaml`,
    make: withItem("stem: What", 'stem: "What'),
    line: /stem: "What/,
    reason: /quote/i,
  },
  "an unknown objective of an item": {
    file: `${modules.engineers}/items.yaml`,
    make: withItem("objective: o1", "objective: o99"),
    line: /objective: o99/,
    reason: /no objective o99/,
  },
  "no key": {
    file: "modules/ai-for-data-stewards/items.yaml",
    make: withItem("correct: true, ", ""),
    line: /id: a, text: One/,
    reason: /exactly one option must be correct/,
  },
  "two keys": {
    file: "modules/ai-for-executives/items.yaml",
    make: withItem("text: Two", "text: Two, correct: true"),
    line: /id: a, text: One/,
    reason: /exactly one option must be correct/,
  },
  "a key in a foreign place": {
    file: "modules/ai-for-marketing/items.yaml",
    make: withItem("level: apply", "level: apply\n    colour: red"),
    line: /colour: red/,
    reason: /colour/,
  },
  "a field that is not there": {
    file: "modules/ai-for-product-owners/items.yaml",
    make: withItem("    stem: What do you do?\n", ""),
    line: /id: zz-901/,
    reason: /stem: this is missing/,
  },
  "an id that stands twice": {
    file: "modules/ai-for-procurement/items.yaml",
    make: (text) => withItem("zz-901", "zz-902")(withItem("zz-901", "zz-902")(text)),
    line: /- id: zz-902/,
    reason: /stands twice/,
  },
  "an unknown clause": {
    file: "modules/ai-for-legal-and-compliance/items.yaml",
    make: withItem("acceptable-use-policy#3.3", "no-policy#9.9"),
    line: /no-policy#9\.9/,
    reason: /no policy has the clause/,
  },
  "an open fence": {
    file: "modules/ai-for-customer-support/module.md",
    make: (text) => text.trimEnd().replace(/```$/, ""),
    line: /```tomorrow/,
    reason: /not closed/,
  },
  "a script in a figure": {
    file: `${modules.core}/figures/what-ai-is.svg`,
    make: first("</svg>", "<script>alert(1)</script></svg>"),
    line: /<script>/,
    reason: /<script> is not allowed/,
  },
  "a version that is none": {
    file: "modules/ai-for-contractors/module.md",
    make: first(/version: .*/, 'version: "next"'),
    line: /version: "next"/,
    reason: /use a version such as/,
  },
  "an empty title": {
    file: "modules/ai-for-contractors/module.md",
    make: first(/title: .*/, 'title: ""'),
    line: /title: ""/,
    reason: /title: this text is not written yet/,
  },
  "a lesson on an objective that there is not": {
    file: "modules/ai-for-contractors/module.md",
    make: first(/\nobjectives: \[.*\]/, "\nobjectives: [o77]"),
    line: /objectives: \[o77\]/,
    reason: /no objective o77/,
  },
  "a blueprint that the bank cannot fill": {
    file: "modules/ai-for-aims-roles/module.md",
    make: first(/items: \d+ \}/, "items: 90 }"),
    line: /items: 90/,
    reason: /wants 90 items/,
  },
  "a translation that lacks words": {
    file: `${modules.core}/module.de.md`,
    make: first(/\nsummary: .*/, "\nsummary: ''"),
    line: /summary: ''/,
    reason: /summary/,
  },
  "readers that there are not": {
    file: "modules/overseeing-a-high-risk-system/module.md",
    make: first(/(?=> \*\*Story)/, "```only\naiRoles: [wizard]\n---\nText.\n```\n\n"),
    line: /aiRoles: \[wizard\]/,
    reason: /aiRoles/,
  },
  "a policy to acknowledge that there is not": {
    file: "modules/ai-for-internal-auditors/module.md",
    make: first(/acknowledges: .*/, "acknowledges: [no-such-policy]"),
    line: /acknowledges: \[no-such-policy\]/,
    reason: /there is no policy/,
  },
  "a policy without an owner": {
    file: "policies/acceptable-use-policy/2.0.md",
    make: first(/owner: .*/, "owner: "),
    line: /owner:/,
    reason: /owner/,
  },
  "a person with a date that is none": {
    file: "people.csv",
    make: first("2022-05-16", "in May"),
    line: /in May/,
    reason: /./,
  },
};

/** The faults of a copy of the content folder with some mistakes in it, by file. */
function faultsWith(some: readonly Mistake[]) {
  const folder = mkdtempSync(join(tmpdir(), "clause7-content-"));
  made.push(folder);
  cpSync("content", folder, { recursive: true });
  for (const { file, make } of some)
    writeFileSync(join(folder, file), make(readFileSync(join(folder, file), "utf8")));
  const rows = (file: string): string[] => readFileSync(file, "utf8").split("\n");
  try {
    loadContent(folder);
    return [];
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return faultsIn(error).map(({ file, line, reason }) => ({
      file: file.slice(folder.length + 1),
      row: rows(file)[line - 1] ?? "",
      reason,
    }));
  }
}

describe("a content folder with many mistakes", () => {
  // What a file cites is looked at once all files can be read.
  const citing = ["an unknown clause", "a policy to acknowledge that there is not"];
  const shown = (names: readonly string[]) =>
    names
      .flatMap((name) => mistakes[name] ?? [])
      .map(({ file, line, reason }) => ({
        file,
        row: expect.stringMatching(line),
        reason: expect.stringMatching(reason),
      }));

  it("hears of each, with the line and the reason", () => {
    const names = Object.keys(mistakes).filter((name) => !citing.includes(name));
    const found = faultsWith(names.flatMap((name) => mistakes[name] ?? []));
    for (const one of shown(names)) expect(found).toContainEqual(one);
    expect(found.length).toBeLessThanOrEqual(names.length + 1);
  });

  it("hears of each clause and policy that there is not", () => {
    const found = faultsWith(citing.flatMap((name) => mistakes[name] ?? []));
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining(shown(citing)));
  });
});
