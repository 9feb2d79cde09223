import { z } from "zod";

const prefix = "answer-";

/** The name of the field that holds the answer to an item of a check. */
export const itemField = (id: string): string => `${prefix}${id}`;

/** The version that was read, the tick, and whatever answers there are: their names depend on the check. */
export const fields = z
  .object({ version: z.uuid(), confirmed: z.string().max(10).optional() })
  .catchall(z.union([z.string().max(100), z.array(z.string())]));

/** The answers among the fields sent, by item. */
export function givenIn(values: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const answers = Object.entries(values).filter(
    (entry): entry is [string, string] => entry[0].startsWith(prefix) && typeof entry[1] === "string",
  );
  return Object.fromEntries(answers.map(([name, choice]) => [name.slice(prefix.length), choice]));
}

/** The course that the reader came from and goes back to; null without one. */
export function courseIn(url: string): string | null {
  const course = new URL(url).searchParams.get("course");
  return course !== null && /^[a-z0-9][a-z0-9-]{0,99}$/.test(course) ? course : null;
}
