import { activityFault } from "./activity-check.ts";
import { agentOnly, agentOrGroup, groupOnly } from "./agent-check.ts";
import { extensionsFault, iriFault } from "./iri.ts";
import { languageTagFault } from "./language-tag.ts";
import type { XapiVersion } from "./request.ts";
import { all, type Check, listOf, oneOf, shape, text } from "./shape.ts";
import { uuidFault } from "./uuid.ts";

/** A pointer to a statement, whether or not it is here (xAPI 1.0.3 part 2 §2.4.4.3). */
export const statementRefFault: Check = shape(
  "a StatementRef",
  { objectType: oneOf("StatementRef"), id: uuidFault },
  ["objectType", "id"],
);

const activities = listOf("Activities", activityFault);

/** One Activity is allowed where a list is meant (xAPI 1.0.3 part 2 §2.4.6.2). */
const activityOrActivities: Check = (value, path) =>
  (Array.isArray(value) ? activities : activityFault)(value, path);

const contextActivities = shape("contextActivities", {
  parent: activityOrActivities,
  grouping: activityOrActivities,
  category: activityOrActivities,
  other: activityOrActivities,
});

const relevantTypes = all(listOf("IRIs", iriFault), (value, path) =>
  Array.isArray(value) && value.length === 0 ? `${path} must not be empty; leave it out instead` : null,
);

const properties = {
  registration: uuidFault,
  instructor: agentOrGroup,
  team: groupOnly,
  contextActivities,
  revision: text,
  platform: text,
  language: languageTagFault,
  statement: statementRefFault,
  extensions: extensionsFault,
};

/** What IEEE 9274.1.1 (xAPI 2.0) §4.2.2.5 adds: agents and groups that are relevant to the context, and as what. */
const addedByVersion2 = {
  contextAgents: listOf(
    "contextAgents",
    shape("a contextAgent", { objectType: oneOf("contextAgent"), agent: agentOnly, relevantTypes }, [
      "objectType",
      "agent",
    ]),
  ),
  contextGroups: listOf(
    "contextGroups",
    shape("a contextGroup", { objectType: oneOf("contextGroup"), group: groupOnly, relevantTypes }, [
      "objectType",
      "group",
    ]),
  ),
};

/** The context of a statement (xAPI 1.0.3 part 2 §2.4.6), by version. */
export const contextFault: Readonly<Record<XapiVersion, Check>> = {
  "1.0.3": shape("a context", properties),
  "2.0.0": shape("a context", { ...properties, ...addedByVersion2 }),
};
