import { cmi5, type Statement, type VerbName, verbs } from "./statement.ts";

const verbOf = new Map<string, VerbName>(
  (Object.entries(verbs) as [VerbName, string][]).map(([name, id]) => [id, name]),
);

/** Our name of a verb id, or null for one that is not ours. */
export function verbName(id: string): VerbName | null {
  return verbOf.get(id) ?? null;
}

/** A statement as one sentence for people: who did what, with which result. */
export function statementLine(statement: Statement, who: string): string {
  const name = verbName(statement.verb.id);
  const object = objectText(statement);
  const percent = percentOf(statement);
  switch (name) {
    case "initialized":
      return `${who} opened ${object}`;
    case "progressed": {
      const done = statement.result?.extensions?.[`${cmi5}/result/extensions/progress`];
      return `${who} is ${String(done)} % through ${object}`;
    }
    case "answered":
      return `${who} answered “${object}” ${answerText(statement)}`;
    case "scored":
      return `${who} scored ${percent} in ${object}`;
    case "passed":
      return `${who} passed ${object} with ${percent}`;
    case "failed":
      return `${who} did not pass ${object}, with ${percent}`;
    case null:
      return `${who} ${inEnglish(statement.verb.display) ?? statement.verb.id} ${object}`;
    default:
      return `${who} ${name} ${object}`;
  }
}

function answerText(statement: Statement): string {
  if (statement.result?.success) return "correctly";
  if (statement.result?.response === "") return "with nothing";
  return (statement.result?.score?.scaled ?? 0) > 0 ? "partly correctly" : "wrongly";
}

function percentOf(statement: Statement): string {
  return `${Math.round((statement.result?.score?.scaled ?? 0) * 100)} %`;
}

const longestObject = 90;

function objectText(statement: Statement): string {
  const { definition, id } = statement.object;
  const text = inEnglish(definition["name"]) ?? inEnglish(definition["description"]) ?? id;
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longestObject ? `${line.slice(0, longestObject - 1).trimEnd()}…` : line;
}

/** The text of a language map, in English when it has it. */
function inEnglish(map: unknown): string | null {
  if (map === null || typeof map !== "object") return null;
  const texts = Object.entries(map).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return (texts.find(([language]) => language.startsWith("en")) ?? texts[0])?.[1] ?? null;
}
