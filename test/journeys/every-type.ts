import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/**
 * The content of the repository in a folder of its own, in which the item bank of one module has the first item of each
 * type and every attempt asks them all: a form drawn from the whole bank has some types only. `remove` when done.
 */
export function contentWithEveryType(slug: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "clause7-content-"));
  cpSync("content", folder, { recursive: true });
  const module = join(folder, "modules", slug);
  for (const name of readdirSync(module))
    if (/^(module|items)\.(de|fr|es)\./.test(name)) rmSync(join(module, name));

  const [, front = "", ...text] = readFileSync(join(module, "module.md"), "utf8").split(/^---$/m);
  const head: {
    objectives: { id: string }[];
    assessment: { blueprint: { objective: string; items: number }[] };
  } = parse(front);
  const bank: { items: { type: string; objective: string }[] } = parse(
    readFileSync(join(module, "items.yaml"), "utf8"),
  );
  const items = [...new Map(bank.items.toReversed().map((item) => [item.type, item])).values()].map(
    (item, i) => ({ ...item, objective: head.objectives[i % head.objectives.length]?.id ?? "" }),
  );
  head.assessment.blueprint = head.objectives.map(({ id }) => ({
    objective: id,
    items: items.filter((item) => item.objective === id).length,
  }));
  writeFileSync(join(module, "items.yaml"), stringify({ items }));
  writeFileSync(join(module, "module.md"), ["", `\n${stringify(head)}`, ...text].join("---"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
