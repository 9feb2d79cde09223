import fc from "fast-check";
import { expect, it } from "vitest";
import { checkDraft } from "./draft-check.ts";
import { noItem, noLesson, promptLeft } from "./gap.ts";
import { newModuleSource } from "./new-module.ts";
import { withAdded } from "./outline.ts";
import { itemTemplate, lessonPrompts, lessonTemplate } from "./template.ts";

const nothing = { clauses: new Set<string>(), policies: new Set<string>() };
const begun = {
  slug: "ai-at-the-front-desk",
  title: "AI at the front desk",
  summary: "What the front desk may ask of AI: and what not.",
  audiences: ["front-desk"],
  objectives: ["Say which data may go where", "Know whom to ask"],
  minutes: 12,
  passMark: 0.8,
};

const faultsOf = (source: Parameters<typeof checkDraft>[0]) => {
  const check = checkDraft(source, begun.slug, nothing);
  return check.ok ? [] : [check.fault, ...check.further];
};

it("is told all that it lacks, with file and line", () => {
  const source = newModuleSource(begun);
  const faults = faultsOf(source);
  expect(faults.map((one) => one.reason)).toEqual([
    "wants 2 items on o1, the bank has 0",
    "wants 2 items on o2, the bank has 0",
    noLesson,
    noItem,
  ]);
  const rows = (source["module.md"] ?? "").split("\n");
  expect(rows[(faults[0]?.line ?? 0) - 1]).toContain("objective: o1");
  expect(faults.at(-1)).toMatchObject({ file: "items.yaml", line: 1 });
});

it("cannot be published with anything that a new lesson or item begins with", () => {
  const question = itemTemplate({ type: "true_false", id: "i-1", objective: "o1" });
  const filled = (text: string): string => text.replaceAll('""', '"It is so."');
  const text = lessonTemplate({ title: "Data", id: "data", objective: "o1", question: "i-0" });
  const lesson = withAdded(newModuleSource(begun), {
    file: "module.md",
    after: null,
    kind: "lesson",
    text: filled(text),
  });
  if (!lesson.ok) throw new Error(lesson.reason);
  let source = lesson.source;
  for (const [id, objective] of [
    ["i-1", "o1"],
    ["i-2", "o1"],
    ["i-3", "o2"],
    ["i-4", "o2"],
  ] as const) {
    const item = filled(question).replace("i-1", id).replace("objective: o1", `objective: ${objective}`);
    const more = withAdded(source, { file: "items.yaml", after: null, kind: "item", text: item });
    if (!more.ok) throw new Error(more.reason);
    source = more.source;
  }
  expect(faultsOf(source).map((one) => one.reason)).toEqual([promptLeft, promptLeft, promptLeft]);
  let written = source["module.md"] ?? "";
  for (const prompt of Object.values(lessonPrompts)) written = written.replace(prompt, "It is so.");
  expect(checkDraft({ ...source, "module.md": written }, begun.slug, nothing)).toMatchObject({
    ok: true,
    module: { version: "1.0.0", audiences: ["front-desk"], summary: begun.summary },
  });
});

it("keeps whatever its author says, and lacks nothing but lessons and items", () => {
  const said = fc
    .string({ minLength: 1, unit: "grapheme" })
    .filter((one) => one.trim() === one && one.trim() !== "");
  fc.assert(
    fc.property(said, said, fc.array(said, { minLength: 1, maxLength: 5 }), (title, summary, objectives) => {
      const faults = faultsOf(newModuleSource({ ...begun, title, summary, objectives }));
      expect(faults.every((one) => /^(wants|there is no)/.test(one.reason))).toBe(true);
      expect(faults).toHaveLength(objectives.length + 2);
    }),
    { numRuns: 50 },
  );
});
