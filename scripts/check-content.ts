import { ContentError } from "#app/domain/content/source.ts";
import { loadContent } from "./content.ts";

const dir = process.env["CONTENT_DIR"] ?? "content";
try {
  const content = loadContent(dir);
  const items = content.modules.reduce((sum, module) => sum + module.items.length, 0);
  console.log(
    `${dir}: ${content.modules.length} modules with ${items} assessment items, ${content.policies.length} policy versions, ` +
      `${content.systems.length} AI systems, ${content.requirements.length} requirements, ${content.people.length} people.`,
  );
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
