import { cmi5, type Statement, verbs } from "../evidence/statement.ts";

/** A statement as a sentence about the person, for people who do not read xAPI. Never tells an answer key. */
export function plainLine(statement: Statement): string {
  const name = nameOf(statement);
  const score = statement.result?.score?.scaled;
  const percent = score === undefined ? null : `${Math.round(score * 100)} %`;
  switch (statement.verb.id) {
    case verbs.initialized:
      return `Opened ${name}`;
    case verbs.progressed: {
      const progress = statement.result?.extensions?.[`${cmi5}/result/extensions/progress`];
      return typeof progress === "number" ? `Reached ${progress} % of ${name}` : `Went on in ${name}`;
    }
    case verbs.answered:
      return `Answered “${shortened(name)}”: ${answerWord(statement, percent)}`;
    case verbs.scored:
      return percent === null ? `Was scored in ${name}` : `Scored ${percent} in ${name}`;
    case verbs.passed:
      return percent === null ? `Passed ${name}` : `Passed ${name} with ${percent}`;
    case verbs.failed:
      return percent === null ? `Did not pass ${name}` : `Did not pass ${name}, with ${percent}`;
    case verbs.completed:
      return `Completed ${name}`;
    case verbs.recognised:
      return `Was recognised as competent in ${name}`;
    case verbs.acknowledged:
      return `Acknowledged ${name}`;
    default:
      return `${capitalised(Object.values(statement.verb.display)[0] ?? "Did something with")} ${name}`;
  }
}

function answerWord(statement: Statement, percent: string | null): string {
  if (statement.result?.success === true) return "right";
  const score = statement.result?.score?.scaled ?? 0;
  return score > 0 && percent !== null ? `partly right (${percent})` : "not right";
}

/** The object's name, or the question it asked, in its first language; else the end of its id. */
function nameOf({ object }: Statement): string {
  const { name, description } = object.definition as Partial<Record<string, Record<string, string>>>;
  const words = Object.values(name ?? {})[0] ?? Object.values(description ?? {})[0];
  return words ?? decodeURIComponent(object.id.split("/").at(-1) ?? object.id);
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 117).trimEnd()}…` : text);
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
