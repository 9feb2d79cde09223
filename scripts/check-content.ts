import { join } from "node:path";
import { markWarnings, nameOf } from "#app/domain/content/follow.ts";
import { ContentError, faultsIn } from "#app/domain/content/source.ts";
import { placeOfWarning, readingLevel, styleWarnings } from "#app/domain/content/style.ts";
import { loadContent } from "./content.ts";

/** Checks a content folder: each fault with file, line and reason, or what is there and what an author should look at. */
const dir = process.env["CONTENT_DIR"] ?? "content";
try {
  const content = loadContent(dir);
  const items = content.modules.reduce((sum, module) => sum + module.items.length, 0);
  for (const module of content.modules) {
    for (const warning of styleWarnings(module)) {
      const { file, line } = placeOfWarning(content.sources[module.slug] ?? {}, warning);
      console.warn(`${join(dir, "modules", module.slug, file)}:${line}: ${warning.id}: ${warning.reason}`);
    }
    for (const part of markWarnings(content.sources[module.slug] ?? {}, module.slug)) {
      const file = join(dir, "modules", module.slug, part.file);
      console.warn(`${file}:${part.line}: ${nameOf(part)}: ${part.reason}`);
    }
  }
  for (const module of content.modules)
    console.log(`${module.slug} ${module.version}: reads at school grade ${readingLevel(module)}`);
  console.log(
    `${dir}: ${content.modules.length} modules with ${items} assessment items, ${content.policies.length} policy versions, ` +
      `${content.systems.length} AI systems, ${content.requirements.length} requirements, ${content.people.length} people.`,
  );
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  const faults = faultsIn(error);
  for (const fault of faults) console.error(fault.message);
  console.error(faults.length === 1 ? "One fault." : `${faults.length} faults.`);
  process.exitCode = 1;
}
