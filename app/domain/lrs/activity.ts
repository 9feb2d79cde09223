import { arrayOf, elementsOf, membersOf, objectOf } from "./json-member.ts";

/** How a property of a definition takes in a newer value. Both are JSON texts; there may be no older one. */
type Merge = (stored: string | undefined, seen: string) => string;

/** Language maps and extensions: every key is kept, and newer values win. */
const byKey: Merge = (stored, seen) => {
  const newer = membersOf(seen);
  if (!newer) return seen;
  return objectOf(new Map([...((stored && membersOf(stored)) || []), ...newer]));
};

/** Lists of interaction components: the newer list, in which a component keeps the languages it had under the same id. */
const byComponent: Merge = (stored, seen) => {
  const newer = elementsOf(seen);
  if (!newer) return seen;
  const known = new Map(
    ((stored && elementsOf(stored)) || []).map((component) => {
      const members = membersOf(component);
      return [idOf(members), members?.get("description")];
    }),
  );
  return arrayOf(
    newer.map((component) => {
      const members = membersOf(component);
      if (!members) return component;
      const [before, now] = [known.get(idOf(members)), members.get("description")];
      if (before !== undefined || now !== undefined) members.set("description", byKey(before, now ?? "{}"));
      return objectOf(members);
    }),
  );
};

/** A component's id as a text, however it is escaped. */
const idOf = (members: Map<string, string> | null): unknown => JSON.parse(members?.get("id") ?? "null");

const rules = new Map<string, Merge>([
  ["name", byKey],
  ["description", byKey],
  ["extensions", byKey],
  ...["choices", "scale", "source", "target", "steps"].map((list): [string, Merge] => [list, byComponent]),
  // "An LRS SHOULD NOT make significant changes … e.g. changes to correct responses" (part 2 §2.4.4.1).
  ["correctResponsesPattern", (stored, seen) => stored ?? seen],
]);

const newerWins: Merge = (_, seen) => seen;

/**
 * Takes an activity seen in a statement, `{"id":…,"definition":{…}}`, into what is stored of it in the same form (xAPI 1.0.3
 * part 2 §2.4.4.1): languages and extensions come together, other values are replaced by newer ones, the correct responses
 * stay. Give `seen` as JSON text to keep numbers as they were written. Answers the very text of `stored` when nothing is new.
 */
export function mergedDefinition(stored: string | null, seen: string | object): string {
  const activity = membersOf(typeof seen === "string" ? seen : JSON.stringify(seen));
  const known = stored === null ? null : membersOf(stored);
  const merged = new Map<string, string>();
  merged.set("id", known?.get("id") ?? activity?.get("id") ?? "null");
  const definition = mergedMembers(known?.get("definition"), activity?.get("definition"));
  if (definition !== undefined) merged.set("definition", definition);
  return objectOf(merged);
}

function mergedMembers(stored: string | undefined, seen: string | undefined): string | undefined {
  const newer = seen === undefined ? null : membersOf(seen);
  if (!newer) return stored;
  const merged = new Map((stored && membersOf(stored)) || []);
  for (const [name, value] of newer)
    merged.set(name, (rules.get(name) ?? newerWins)(merged.get(name), value));
  return objectOf(merged);
}

/** The Activity object of an id as JSON (xAPI 1.0.3 part 3 §2.5). `stored` is as {@link mergedDefinition} writes it. */
export function activityObject(id: string, stored: string | null): string {
  const definition = stored === null ? undefined : membersOf(stored)?.get("definition");
  return objectOf(
    new Map([
      ["objectType", '"Activity"'],
      ["id", JSON.stringify(id)],
      ...(definition === undefined ? [] : [["definition", definition] as const]),
    ]),
  );
}
