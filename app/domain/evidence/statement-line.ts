import { cmi5, type VerbName, verbs } from "./statement.ts";

const verbOf = new Map<string, VerbName>(
  (Object.entries(verbs) as [VerbName, string][]).map(([name, id]) => [id, name]),
);

/** Our name of a verb id, or null for one that is not ours. */
export function verbName(id: string): VerbName | null {
  return verbOf.get(id) ?? null;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A statement of anybody as one sentence for people: who did what, with which result. `who` is the person's name where it is
 * known; else the actor is told as the statement has it. Never fails, whatever a valid statement leaves out.
 */
export function statementLine(statement: unknown, who: string | null): string {
  const { actor, verb, object, result } = fieldsOf(statement);
  const name = who ?? agentText(actor);
  const what = objectText(object);
  const percent = percentOf(result);
  switch (verbName(String(fieldsOf(verb)["id"]))) {
    case "initialized":
      return `${name} opened ${what}`;
    case "progressed": {
      const done = fieldsOf(fieldsOf(result)["extensions"])[`${cmi5}/result/extensions/progress`];
      return typeof done === "number" ? `${name} is ${done} % through ${what}` : `${name} went on in ${what}`;
    }
    case "answered":
      return `${name} answered “${what}”${answerText(result)}`;
    case "scored":
      return percent === null ? `${name} was scored in ${what}` : `${name} scored ${percent} in ${what}`;
    case "passed":
      return `${name} passed ${what}${scoreText(result)}`;
    case "failed":
      return `${name} did not pass ${what}${percent === null ? scoreText(result) : `, with ${percent}`}`;
    case "recognised":
      return `${name} was recognised as competent in ${what}`;
    default:
      return `${name} ${verbText(verb)} ${what}${scoreText(result)}`;
  }
}

/** A verb in a word or two: our name of it, what it is called in English or else any language, or the end of its id. */
export function verbText(verb: unknown): string {
  const { id, display } = fieldsOf(verb);
  return verbName(String(id)) ?? inEnglish(display) ?? endOf(String(id));
}

/** An agent or group as people recognise it: the name it was given, else its identifier in short. */
export function agentText(agent: unknown): string {
  const { name, mbox, mbox_sha1sum: sha1, openid, account, member } = fieldsOf(agent);
  if (typeof name === "string" && oneLine(name) !== "") return oneLine(name);
  if (typeof mbox === "string") return oneLine(mbox.replace(/^mailto:/i, ""));
  if (typeof sha1 === "string") return `Person ${sha1.slice(0, 8)}…`;
  if (typeof openid === "string") return oneLine(openid.replace(/^https?:\/\//, ""));
  const { name: accountName } = fieldsOf(account);
  if (typeof accountName === "string") return accountText(accountName);
  return Array.isArray(member) ? `A group of ${member.length}` : "Somebody";
}

/** Account names are often long opaque ids, of which the beginning tells them apart well enough. */
function accountText(name: string): string {
  return name.length > 24 ? `Person ${oneLine(name).slice(0, 8)}…` : `Person ${oneLine(name)}`;
}

const longestText = 90;

function objectText(object: unknown): string {
  const { objectType, id, definition } = fieldsOf(object);
  if (objectType === "Agent" || objectType === "Group") return agentText(object);
  if (objectType === "StatementRef") return `statement ${String(id).slice(0, 8)}…`;
  if (objectType === "SubStatement") return `“${oneLine(statementLine(object, null))}”`;
  const { name, description } = fieldsOf(definition);
  return oneLine(inEnglish(name) ?? inEnglish(description) ?? String(id));
}

function answerText(result: unknown): string {
  const { success, response } = fieldsOf(result);
  if (success === true) return " correctly";
  if (response === "") return " with nothing";
  if ((scaledOf(result) ?? 0) > 0) return " partly correctly";
  return success === false ? " wrongly" : "";
}

/** A score as it was given: in per cent where it is scaled (xAPI 1.0.3 part 2 §2.4.5.1), else in points. */
function scoreText(result: unknown): string {
  const percent = percentOf(result);
  if (percent !== null) return ` with ${percent}`;
  const { raw, max } = fieldsOf(fieldsOf(result)["score"]);
  if (typeof raw !== "number") return "";
  return typeof max === "number" ? ` with ${raw} of ${max}` : ` with ${raw} points`;
}

function percentOf(result: unknown): string | null {
  const scaled = scaledOf(result);
  return scaled === null ? null : `${Math.round(scaled * 100)} %`;
}

function scaledOf(result: unknown): number | null {
  const { scaled } = fieldsOf(fieldsOf(result)["score"]);
  return typeof scaled === "number" ? scaled : null;
}

/** The text of a language map, in English when it has it; null when it has none. */
function inEnglish(map: unknown): string | null {
  const texts = Object.entries(fieldsOf(map)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && oneLine(entry[1]) !== "",
  );
  const text = (texts.find(([language]) => /^en\b/i.test(language)) ?? texts[0])?.[1];
  return text === undefined ? null : oneLine(text);
}

/** The last part of an IRI, as words: what a verb without a display is best known by. */
function endOf(iri: string): string {
  const end = iri.split(/[/#:]/).findLast((part) => part !== "") ?? iri;
  return oneLine(end.replace(/[-_]+/g, " "));
}

/** Without line breaks and what turns the direction of writing, so that no text can make another look different; cut short. */
function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
  const letters = [...line];
  return letters.length > longestText
    ? `${letters
        .slice(0, longestText - 1)
        .join("")
        .trimEnd()}…`
    : line;
}

function fieldsOf(value: unknown): Fields {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Fields) : {};
}
