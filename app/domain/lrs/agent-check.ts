import { iriFault, mailtoFault } from "./iri.ts";
import {
  all,
  at,
  type Check,
  isObject,
  type JsonObject,
  listOf,
  mustBe,
  oneOf,
  shape,
  text,
} from "./shape.ts";

const sha1Fault: Check = (value, path) =>
  typeof value === "string" && value.length === 40 && /^[0-9a-f]{40}$/i.test(value)
    ? null
    : mustBe(path, "the 40 hexadecimal digits of an SHA-1 hash", value);

/** The four inverse functional identifiers (xAPI 1.0.3 part 2 §2.4.2.3). */
const identifiers = {
  mbox: mailtoFault,
  mbox_sha1sum: sha1Fault,
  openid: iriFault,
  account: shape("an account", { homePage: iriFault, name: text }, ["homePage", "name"]),
};
const identifierNames = Object.keys(identifiers);

function identifierCount(value: JsonObject): number {
  let count = 0;
  for (const name of identifierNames) if (value[name] !== undefined) count++;
  return count;
}

const oneIdentifier: Check = (value, path) => {
  const count = isObject(value) ? identifierCount(value) : 0;
  return count === 1
    ? null
    : `${path} must have exactly one of mbox, mbox_sha1sum, openid and account; it has ${count}`;
};

/** An Agent (xAPI 1.0.3 part 2 §2.4.2.1). */
export const agentOnly: Check = all(
  shape("an Agent", { objectType: oneOf("Agent"), name: text, ...identifiers }),
  oneIdentifier,
);

const groupIdentifier: Check = (value, path) => {
  if (!isObject(value)) return null;
  const count = identifierCount(value);
  if (count > 1) return oneIdentifier(value, path);
  return count === 1 || value.member !== undefined
    ? null
    : `${at(path, "member")} is missing: a Group without an identifier must list its members`;
};

/** A Group: identified, or anonymous with members; no Group among them (xAPI 1.0.3 part 2 §2.4.2.2). */
export const groupOnly: Check = all(
  shape(
    "a Group",
    { objectType: oneOf("Group"), name: text, member: listOf("Agents", agentOnly), ...identifiers },
    ["objectType"],
  ),
  groupIdentifier,
);

const agentOrGroupType = oneOf("Agent", "Group");

/** An Agent, as which an object without a type counts, or a Group. */
export const agentOrGroup: Check = (value, path) => {
  if (!isObject(value)) return mustBe(path, "an Agent or a Group", value);
  if (value.objectType === "Group") return groupOnly(value, path);
  return value.objectType === undefined || value.objectType === "Agent"
    ? agentOnly(value, path)
    : agentOrGroupType(value.objectType, at(path, "objectType"));
};

const authorityMembers: Check = (value, path) => {
  if (!isObject(value) || value.objectType !== "Group") return null;
  if (identifierCount(value) > 0) return `${path} must not have an identifier where it is a Group`;
  const count = Array.isArray(value.member) ? value.member.length : 0;
  return count === 2 ? null : `${at(path, "member")} must name exactly two Agents; it names ${count}`;
};

/** Who asserts a statement: an Agent, or the client and the user of OAuth as a Group (xAPI 1.0.3 part 2 §2.4.9). */
export const authorityFault: Check = all(agentOrGroup, authorityMembers);

/** The first fault of an Agent, or of a Group where one is allowed, such as the `agent` parameter; or null. */
export function agentFault(
  value: unknown,
  { allowGroup }: { allowGroup: boolean },
  path = "agent",
): string | null {
  return (allowGroup ? agentOrGroup : agentOnly)(value, path);
}
