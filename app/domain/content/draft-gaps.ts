import { z } from "zod";
import { noItem, noLesson, promptLeft, tooFewItems } from "./gap.ts";
import type { ModuleSource } from "./module-source.ts";
import { editable, readItem, sectionsOf } from "./section.ts";
import { lineOf } from "./source.ts";
import { lessonPrompts } from "./template.ts";

/** What a module still lacks before it can be published, and where it is to stand. */
export type Gap = { file: string; line: number; reason: string };

const headShape = z.object({
  assessment: z.object({
    blueprint: z.array(z.object({ objective: z.string(), items: z.number() })),
  }),
});

/** All that is missing in the source language, in the order of the files; what cannot be read is passed over. */
export function gapsOf(source: ModuleSource): Gap[] {
  const module = source["module.md"] ?? "";
  const lessons = sectionsOf("module.md", module).filter((section) => section.kind === "lesson");
  const items = sectionsOf("items.yaml", source["items.yaml"] ?? "").filter((one) => one.kind === "item");
  const rows = module.split("\n");
  const prompts = Object.values(lessonPrompts);
  return [
    ...blueprintGaps(
      module,
      items.map((item) => readItem(editable(item))["objective"]),
    ),
    ...(lessons.length === 0
      ? [{ file: "module.md", line: module.trimEnd().split("\n").length, reason: noLesson }]
      : []),
    ...rows.flatMap((row, i) =>
      prompts.includes(row.trim()) ? [{ file: "module.md", line: i + 1, reason: promptLeft }] : [],
    ),
    ...(items.length === 0 ? [{ file: "items.yaml", line: 1, reason: noItem }] : []),
  ];
}

function blueprintGaps(module: string, objectives: readonly unknown[]): Gap[] {
  const head = /^---\n([\s\S]*?)\n---/.exec(module)?.[1] ?? "";
  const read = headShape.safeParse(readItem(head));
  if (!read.success) return [];
  return read.data.assessment.blueprint.flatMap((row, i) => {
    const stock = objectives.filter((one) => one === row.objective).length;
    if (stock >= row.items) return [];
    const line = 1 + lineOf(head, ["assessment", "blueprint", i]);
    return [{ file: "module.md", line, reason: tooFewItems(row, stock) }];
  });
}
