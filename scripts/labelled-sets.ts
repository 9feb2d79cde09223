// The labelled sets of the evaluation, and the floors of its figures.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Part, parts } from "#app/domain/assistant/evaluation-report.ts";
import { type Floors, figureNames } from "#app/domain/assistant/figure.ts";
import {
  type Attack,
  type Lookalike,
  type UseCase,
  attack,
  lookalike,
  parseCases,
  useCase,
} from "#app/domain/assistant/labelled-case.ts";
import { parseYaml } from "#app/domain/content/source.ts";

const folder = join(import.meta.dirname, "../test/fixtures/eval");
const floorsPath = join(folder, "floors.json");

export type LabelledSet = { uses: UseCase[]; attacks: Attack[]; lookalikes: Lookalike[] };

/** The cases of one part. Throws `ContentError` with file, line and reason of the first fault. */
export function labelledSet(part: Part): LabelledSet {
  const read = <S extends z.ZodType<{ id: string }>>(name: string, schema: S): z.infer<S>[] => {
    const file = setFile(name, part);
    return parseCases(readFileSync(file, "utf8"), schema, file);
  };
  return {
    uses: read("use-cases", useCase),
    attacks: read("attacks", attack),
    lookalikes: read("lookalikes", lookalike),
  };
}

/** Where a set of one part is kept. */
export function setFile(name: string, part: Part): string {
  return join(folder, `${name}.${part}.jsonl`);
}

const floors = z.partialRecord(z.enum(figureNames), z.number().min(0).max(1));
const floorsFile = z.strictObject({ dev: floors, held: floors });

/** The floors of the figures without a model. Throws `ContentError` when the file is corrupt. */
export function readFloors(): Record<Part, Floors> {
  if (!existsSync(floorsPath)) return { dev: {}, held: {} };
  return parseYaml(readFileSync(floorsPath, "utf8"), floorsFile, floorsPath);
}

/** Records floors; answers the file. */
export function writeFloors(given: Record<Part, Floors>): string {
  const ordered = Object.fromEntries(parts.map((part) => [part, given[part]]));
  writeFileSync(floorsPath, `${JSON.stringify(ordered, null, 2)}\n`);
  return floorsPath;
}
