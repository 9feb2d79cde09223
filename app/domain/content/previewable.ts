import { isMap, parseDocument } from "yaml";
import type { Module } from "./module.ts";
import { withMarks } from "./follow.ts";
import { type ModuleSource, parseSource } from "./module-source.ts";
import { withAdded, withoutPart } from "./outline.ts";
import { joined, sectionAt, sectionsOf } from "./section.ts";
import { ContentError, faultsIn, splitHead } from "./source.ts";
import { marksFile, objectivesIn, translationsIn, withoutTranslation } from "./wording.ts";

/** How often a draft is read again without what was faulty: a part that is no YAML hides what follows it. */
const rounds = 12;
/** Stands for what a module must have and this one has not yet; nobody sees it. */
const standIn = "nothing-written-yet";

/**
 * The module that a draft with faults makes so far: parts that cannot be read are left out, and nothing is asked about how
 * many items there are. Only to be looked at. Null where its head cannot be read, or nothing but that.
 */
export function previewable(source: ModuleSource): Module | null {
  let left = withStandIns(source);
  for (let round = 0; left && round < rounds; round++) {
    try {
      return withoutStandIns(parseSource(left, ""));
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      left = withoutFaulty(left, faultsIn(error));
    }
  }
  return null;
}

/** The source with a blueprint that asks for one item of each objective, and with one of each, and a lesson. */
function withStandIns(source: ModuleSource): ModuleSource | null {
  const written = source["module.md"] ?? "";
  if (!/^---\n[\s\S]*?\n---/.test(written)) return null;
  const { head, body } = splitHead(written, "module.md");
  const document = parseDocument(head, { prettyErrors: false });
  const objectives = objectivesIn(source).map(({ id }) => id);
  if (document.errors.length > 0 || !isMap(document.get("assessment")) || !objectives[0]) return null;
  document.setIn(
    ["assessment", "blueprint"],
    objectives.map((objective) => ({ objective, items: 1 })),
  );
  const added = [
    {
      file: "module.md",
      kind: "lesson" as const,
      text: `# Stand-in\n\n\`\`\`lesson\nid: ${standIn}\nminutes: 1\nobjectives: [${objectives[0]}]\n\`\`\`\n\nText.`,
    },
    ...objectives.map((objective, i) => ({
      file: "items.yaml",
      kind: "item" as const,
      text: `id: ${standIn}-${i}\ntype: true_false\nobjective: ${objective}\nlevel: apply\nriskDomain: 7\nstem: Stand-in.\nanswer: true\nfeedback: { "true": Yes., "false": No. }`,
    })),
  ];
  return added.reduce<ModuleSource | null>(
    (so, one) => {
      const next = so ? withAdded(so, { ...one, after: null }) : null;
      return next?.ok ? next.source : null;
    },
    { ...source, "module.md": `---\n${String(document)}---\n${body}` },
  );
}

function withoutStandIns(module: Module): Module | null {
  const lessons = module.lessons.filter((one) => one.id !== standIn);
  const items = module.items.filter((one) => !one.id.startsWith(`${standIn}-`));
  return lessons.length + items.length > 0 ? { ...module, lessons, items } : null;
}

/** The source without the parts that have these faults; null where a fault is in no part that could be left out. */
function withoutFaulty(source: ModuleSource, faults: readonly ContentError[]): ModuleSource | null {
  const files = new Map<string, number[]>();
  for (const { file, line } of faults) files.set(file, [...(files.get(file) ?? []), line]);
  let left = source;
  for (const [file, lines] of files) {
    if (file.startsWith("figures/")) {
      left = Object.fromEntries(Object.entries(left).filter(([name]) => name !== file));
      continue;
    }
    // What is marked goes with the parts, below.
    if (file === marksFile) continue;
    const sections = sectionsOf(file, source[file] ?? "");
    const parts = [...new Set(lines.map((line) => sectionAt(sections, line)))].toSorted((a, b) => b - a);
    const language = translationsIn(source).find((one) => file.includes(`.${one}.`));
    if (language) {
      const kept = sections.filter((_, part) => !parts.includes(part));
      left = parts.includes(0) ? withoutTranslation(left, language) : { ...left, [file]: joined(kept) };
      continue;
    }
    for (const part of parts) {
      const next = withoutPart(left, { file, part });
      if (!next.ok) return null;
      left = next.source;
    }
  }
  return withMarks(left, new Set());
}
