import { activityFault } from "./activity-check.ts";
import { agentOnly, agentOrGroup, authorityFault, groupOnly } from "./agent-check.ts";
import { contextFault, statementRefFault } from "./context-check.ts";
import { iriFault } from "./iri.ts";
import { languageMapFault } from "./language-tag.ts";
import type { XapiVersion } from "./request.ts";
import { resultFault } from "./result-check.ts";
import { all, at, type Check, isObject, listOf, mustBe, oneOf, shape } from "./shape.ts";
import { timestampFault } from "./timestamp.ts";
import { uuidFault } from "./uuid.ts";

/** The one verb whose meaning the specification fixes (xAPI 1.0.3 part 2 §2.3.2). */
export const voidedVerb = "http://adlnet.gov/expapi/verbs/voided";

const verb = shape("a verb", { id: iriFault, display: languageMapFault }, ["id"]);

/** Type and subtype in the characters of RFC 2045 §5.1; parameters in any but controls, for it becomes a header. */
const mediaType: Check = (value, path) =>
  typeof value === "string" &&
  /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+[ \t]*(?:;[\t -~\u0080-\uffff]*)?$/.test(value)
    ? null
    : mustBe(path, 'an Internet media type such as "application/pdf"', value);

const octets: Check = (value, path) =>
  Number.isInteger(value) && Number(value) >= 0 ? null : mustBe(path, "a whole number of octets", value);

/** SHA-224, SHA-256, SHA-384 and SHA-512 in hexadecimal. */
const sha2Lengths = new Set([56, 64, 96, 128]);

const sha2: Check = (value, path) =>
  typeof value === "string" && sha2Lengths.has(value.length) && !/[^0-9a-f]/i.test(value)
    ? null
    : mustBe(path, "the hexadecimal digits of an SHA-2 hash", value);

/** xAPI 1.0.3 part 2 §2.4.11. */
const attachment = shape(
  "an attachment",
  {
    usageType: iriFault,
    display: languageMapFault,
    description: languageMapFault,
    contentType: mediaType,
    length: octets,
    sha2,
    fileUrl: iriFault,
  },
  ["usageType", "display", "contentType", "length", "sha2"],
);

/**
 * 1.0.3 takes `1.0` and every `1.0.x` (xAPI 1.0.3 part 2 §2.4.10); 2.0 takes those, for statements do not change when
 * they move to it, and `2.0.x`.
 */
const versions: Readonly<Record<XapiVersion, { pattern: RegExp; what: string }>> = {
  "1.0.3": { pattern: /^1\.0(?:\.\d+(?:-[0-9a-z-]+)?)?$/i, what: '"1.0" or "1.0.x"' },
  "2.0.0": { pattern: /^[12]\.0(?:\.\d+(?:-[0-9a-z-]+)?)?$/i, what: '"2.0.x" or "1.0.x"' },
};

function versionCheck(version: XapiVersion): Check {
  const { pattern, what } = versions[version];
  return (value, path) =>
    typeof value === "string" && pattern.test(value) ? null : mustBe(path, what, value);
}

/** What is acted on, told apart by its objectType, which only an Activity may leave out (part 2 §2.4.4). */
function objectOf(kinds: Readonly<Record<string, Check>>): Check {
  const known = new Map(Object.entries(kinds));
  const typeFault = oneOf(...known.keys());
  return (value, path) => {
    if (!isObject(value)) return mustBe(path, "an object", value);
    const type = value.objectType === undefined ? "Activity" : value.objectType;
    const check = typeof type === "string" ? known.get(type) : undefined;
    return check ? check(value, path) : typeFault(type, at(path, "objectType"));
  };
}

/** Rules between properties: revision and platform (part 2 §2.4.6), voiding (§2.3.2). */
const together: Check = (value, path) => {
  if (!isObject(value) || !isObject(value.object)) return null;
  const { objectType } = value.object;
  if (isObject(value.verb) && value.verb.id === voidedVerb && objectType !== "StatementRef") {
    return `${at(path, "object.objectType")} must be "StatementRef" where the verb is voided; name the statement to void`;
  }
  if (!isObject(value.context) || objectType === undefined || objectType === "Activity") return null;
  for (const key of ["revision", "platform"]) {
    if (value.context[key] !== undefined) {
      return `${at(path, `context.${key}`)} is for Activities only; leave it out where the object is another kind`;
    }
  }
  return null;
};

const required = ["actor", "verb", "object"];

function statementCheck(version: XapiVersion): Check {
  const timestamp: Check = (value, path) => timestampFault(value, path, version);
  const common = {
    actor: agentOrGroup,
    verb,
    result: resultFault,
    context: contextFault[version],
    timestamp,
    attachments: listOf("attachments", attachment),
  };
  const objects = {
    Activity: activityFault,
    Agent: agentOnly,
    Group: groupOnly,
    StatementRef: statementRefFault,
  };
  const subStatement = all(
    shape(
      "a SubStatement",
      { objectType: oneOf("SubStatement"), ...common, object: objectOf(objects) },
      required,
    ),
    together,
  );
  const statement = shape(
    "a statement",
    {
      id: uuidFault,
      ...common,
      object: objectOf({ ...objects, SubStatement: subStatement }),
      stored: timestamp,
      authority: authorityFault,
      version: versionCheck(version),
    },
    required,
  );
  return all(statement, together);
}

const checks: Readonly<Record<XapiVersion, Check>> = {
  "1.0.3": statementCheck("1.0.3"),
  "2.0.0": statementCheck("2.0.0"),
};

/**
 * The first fault of a parsed statement under a version of the standard, as one sentence that names the path and the
 * mend; null where it is valid (xAPI 1.0.3 part 2 §2; IEEE 9274.1.1 §4.2). Whether the parts of its attachments are
 * there, `attachmentFault` says; whether its signature holds, `signatureFault`.
 */
export function statementFault(value: unknown, version: XapiVersion): string | null {
  return checks[version](value, "");
}
