import { arrayOf, elementsOf, membersOf, objectOf } from "../lrs/json-member.ts";

/** Whether a statement tells right answers. */
export const holdsKey = (body: string): boolean => body.includes("correctResponsesPattern");

const hidden = '"hidden"';

/** Lists of interaction components (xAPI 1.0.3 part 2, appendix C): their ids are what keys and responses are made of. */
const componentLists = new Set(["choices", "scale", "source", "target", "steps"]);

/**
 * The JSON of a statement without what answers its questions: the correct patterns, the responses, which with `success` tell
 * the same, and the ids of the choices, whose order is no longer the authored one. All else stays as it was written.
 */
export function withoutKeys(json: string): string {
  const members = membersOf(json);
  if (members === null) {
    const elements = elementsOf(json);
    return elements === null ? json : arrayOf(elements.map(withoutKeys));
  }
  const asks = members.has("interactionType") || members.has("correctResponsesPattern");
  const shown = [...members].map(([name, value]) => [name, memberWithoutKeys(name, value, asks)] as const);
  return objectOf(new Map(shown));
}

function memberWithoutKeys(name: string, value: string, asks: boolean): string {
  if (name === "correctResponsesPattern" || name === "response") return hidden;
  const components = asks && componentLists.has(name) ? elementsOf(value) : null;
  if (components === null) return withoutKeys(value);
  // Authored order tells the key of what is to be put in order or matched.
  return arrayOf(components.map(withoutId).toSorted());
}

function withoutId(component: string): string {
  const members = membersOf(component);
  if (members === null) return hidden;
  return members.has("id") ? objectOf(new Map(members).set("id", hidden)) : component;
}
