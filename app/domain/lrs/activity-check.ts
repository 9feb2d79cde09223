import { extensionsFault, iriFault } from "./iri.ts";
import { languageMapFault } from "./language-tag.ts";
import { all, at, type Check, isObject, listOf, oneOf, shape, text } from "./shape.ts";

/** Which lists of components each interaction type may have (xAPI 1.0.3 part 2 §2.4.4.1). */
const listsOf: Readonly<Record<string, readonly string[]>> = {
  "true-false": [],
  choice: ["choices"],
  "fill-in": [],
  "long-fill-in": [],
  matching: ["source", "target"],
  performance: ["steps"],
  sequencing: ["choices"],
  likert: ["scale"],
  numeric: [],
  other: [],
};
const componentLists = ["choices", "scale", "source", "target", "steps"];

const distinctIds: Check = (value, path) => {
  if (!Array.isArray(value)) return null;
  const seen = new Set<unknown>();
  for (let i = 0; i < value.length; i++) {
    const component: unknown = value[i];
    if (!isObject(component)) continue;
    if (seen.has(component.id)) return `${path}[${i}].id is in the list already; every id must be there once`;
    seen.add(component.id);
  }
  return null;
};

const components = all(
  listOf(
    "interaction components",
    shape("an interaction component", { id: text, description: languageMapFault }, ["id"]),
  ),
  distinctIds,
);

const interactionProperties: Check = (value, path) => {
  if (!isObject(value)) return null;
  const { interactionType } = value;
  if (interactionType === undefined && value.correctResponsesPattern !== undefined) {
    return `${at(path, "interactionType")} is missing: correctResponsesPattern needs it`;
  }
  const allowed = typeof interactionType === "string" ? (listsOf[interactionType] ?? []) : [];
  for (const list of componentLists) {
    if (value[list] === undefined || allowed.includes(list)) continue;
    return interactionType === undefined
      ? `${at(path, "interactionType")} is missing: ${list} needs it`
      : `${at(path, list)} does not belong to the interactionType "${String(interactionType)}"; leave it out`;
  }
  return null;
};

const definition = all(
  shape("an Activity definition", {
    name: languageMapFault,
    description: languageMapFault,
    type: iriFault,
    moreInfo: iriFault,
    interactionType: oneOf(...Object.keys(listsOf)),
    correctResponsesPattern: listOf("strings", text),
    choices: components,
    scale: components,
    source: components,
    target: components,
    steps: components,
    extensions: extensionsFault,
  }),
  interactionProperties,
);

/** An Activity (xAPI 1.0.3 part 2 §2.4.4.1). */
export const activityFault: Check = shape(
  "an Activity",
  { objectType: oneOf("Activity"), id: iriFault, definition },
  ["id"],
);
