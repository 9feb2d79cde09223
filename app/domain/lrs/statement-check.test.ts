import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { XapiVersion } from "./request.ts";
import { statementFault, voidedVerb } from "./statement-check.ts";

const versions: XapiVersion[] = ["1.0.3", "2.0.0"];
const id = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";
const ann = { mbox: "mailto:ann@example.org" };
const group = { objectType: "Group", member: [ann] };
const verb = { id: "https://example.org/verbs/sent" };
const activity = { id: "https://example.org/activities/1" };
const reference = { objectType: "StatementRef", id };
const statement = { actor: ann, verb, object: activity };
const subStatement = { objectType: "SubStatement", ...statement };
const hash = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a";
const attachment = {
  usageType: "https://example.org/usage",
  display: { en: "Essay" },
  contentType: "text/plain; charset=utf-8",
  length: 27,
  sha2: hash,
};

/** Both versions must say the same; null is "valid". */
function expectFault(properties: Record<string, unknown>, fault: RegExp | null): void {
  for (const version of versions) {
    for (const [place, value] of [
      ["", { ...statement, ...properties }],
      ["object.", { ...statement, object: { ...subStatement, ...properties } }],
    ] as const) {
      const found = statementFault(value, version);
      if (fault === null) expect(found).toBeNull();
      else expect(found?.replace(place, "")).toMatch(fault);
    }
  }
}

describe("part 2 §2.2, formatting", () => {
  it.each<[unknown, RegExp]>([
    [null, /^the statement must be an object/],
    [[], /^the statement must be an object .*; got an array$/],
    ["x", /^the statement must be an object .*; got "x"$/],
    [{}, /^actor is missing: a statement must have it$/],
    [{ actor: ann, object: activity }, /^verb is missing/],
    [{ actor: ann, verb }, /^object is missing/],
    [{ ...statement, actor: undefined }, /^actor must be an Agent or a Group; got nothing$/],
    [{ ...statement, iD: id }, /^the statement must not have "iD"; a statement may have id, actor, verb,/],
    [{ ...statement, objectType: "Statement" }, /^the statement must not have "objectType"/],
    [{ ...statement, result: null }, /^result must be an object \(a result\); got null$/],
    [{ ...statement, id: id.slice(1) }, /^id must be a UUID/],
    [{ ...statement, stored: "yesterday" }, /^stored must be a timestamp/],
    [{ ...statement, authority: {} }, /^authority must have exactly one of/],
    [
      { ...statement, ["x".repeat(1_000_000)]: 1 },
      /^the statement must not have "x{80}…"; a statement may have/,
    ],
    [JSON.parse('{"__proto__": {}}'), /^the statement must not have "__proto__"/],
  ])("refuses %j", (value, fault) => {
    for (const version of versions) expect(statementFault(value, version)).toMatch(fault);
  });

  it("takes a statement with every property that it may have", () => {
    const whole = {
      ...statement,
      id,
      timestamp: "2026-11-24T09:30:00Z",
      stored: "2026-11-24T09:30:00Z",
      authority: { objectType: "Group", member: [ann, ann] },
      version: "1.0.0",
      attachments: [attachment],
    };
    for (const version of versions) expect(statementFault(whole, version)).toBeNull();
  });
});

describe("part 2 §2.3.2, voiding", () => {
  it.each<[unknown, RegExp | null]>([
    [reference, null],
    [activity, /^object\.objectType must be "StatementRef" where the verb is voided/],
    [{ objectType: "Agent", ...ann }, /^object\.objectType must be "StatementRef"/],
  ])("judges the object %j of a voiding statement", (object, fault) => {
    expectFault({ verb: { id: voidedVerb }, object }, fault);
  });
});

describe("part 2 §2.4.3, verb", () => {
  it.each<[unknown, RegExp | null]>([
    [{ id: "https://example.org/v", display: { "en-US": "sent", de: "gesendet" } }, null],
    [{}, /^verb\.id is missing: a verb must have it$/],
    [{ id: "" }, /^verb\.id must be an absolute IRI .*; got ""$/],
    [{ id: "sent" }, /^verb\.id must be an absolute IRI/],
    [{ ...verb, display: "sent" }, /^verb\.display must be a language map/],
    [{ ...verb, display: { something: "sent" } }, /^the keys of verb\.display must be language tags/],
    [{ ...verb, display: { en: 1 } }, /^verb\.display\.en must be a string; got 1$/],
    [{ ...verb, name: "sent" }, /^verb must not have "name"; a verb may have /],
    ["https://example.org/v", /^verb must be an object/],
  ])("judges %j", (value, fault) => expectFault({ verb: value }, fault));
});

describe("part 2 §2.4.4, object", () => {
  it.each<[unknown, RegExp | null]>([
    [{ objectType: "Activity", ...activity }, null],
    [{ objectType: "Agent", ...ann }, null],
    [group, null],
    [reference, null],
    [ann, /^object must not have "mbox"; an Activity may have /],
    [{ objectType: "activity", ...activity }, /^object\.objectType must be one of "Activity", "Agent"/],
    [{ objectType: "constructor", ...activity }, /^object\.objectType must be one of/],
    [{ objectType: null, ...activity }, /^object\.objectType must be one of .*; got null$/],
    [{ objectType: "Activity" }, /^object\.id is missing/],
    [{ id: "x" }, /^object\.id must be an absolute IRI/],
    [{ objectType: "StatementRef" }, /^object\.id is missing/],
    [{ objectType: "StatementRef", id: "x" }, /^object\.id must be a UUID/],
    [{ ...reference, definition: {} }, /^object must not have "definition"; a StatementRef may have /],
    ["https://example.org", /^object must be an object/],
  ])("judges %j", (object, fault) => expectFault({ object }, fault));

  it.each<[Record<string, unknown>, RegExp | null]>([
    [subStatement, null],
    [{ ...subStatement, timestamp: "2099-01-01T00:00:00Z", attachments: [attachment] }, null],
    [{ ...subStatement, id }, /^object must not have "id"; a SubStatement may have /],
    [{ ...subStatement, stored: "2026-11-24T09:30:00Z" }, /^object must not have "stored"; /],
    [{ ...subStatement, version: "1.0.0" }, /^object must not have "version"; /],
    [{ ...subStatement, authority: ann }, /^object must not have "authority"; /],
    [{ ...subStatement, object: subStatement }, /^object\.object\.objectType must be one of/],
    [{ objectType: "SubStatement", actor: ann, verb }, /^object\.object is missing: a SubStatement must/],
  ])("judges the SubStatement %j", (object, fault) => {
    for (const version of versions) {
      const found = statementFault({ ...statement, object }, version);
      if (fault === null) expect(found).toBeNull();
      else expect(found).toMatch(fault);
    }
  });
});

describe("part 2 §2.4.4.1, activity definitions and interactions", () => {
  const parts = [{ id: "a", description: { en: "A" } }, { id: "b" }];

  it.each<[Record<string, unknown>, RegExp | null]>([
    [{}, null],
    [
      {
        name: { en: "x" },
        description: { en: "x" },
        type: "https://t.example",
        moreInfo: "https://m.example",
      },
      null,
    ],
    [{ interactionType: "true-false", correctResponsesPattern: ["true"] }, null],
    [{ interactionType: "choice", choices: parts, correctResponsesPattern: ["a[,]b"] }, null],
    [{ interactionType: "sequencing", choices: parts }, null],
    [{ interactionType: "likert", scale: parts }, null],
    [{ interactionType: "matching", source: parts, target: parts }, null],
    [{ interactionType: "performance", steps: parts, correctResponsesPattern: [] }, null],
    [{ interactionType: "numeric", correctResponsesPattern: ["4[:]"] }, null],
    [{ interactionType: "other" }, null],
    [{ name: "x" }, /^object\.definition\.name must be a language map/],
    [{ type: "x" }, /^object\.definition\.type must be an absolute IRI/],
    [{ moreInfo: "" }, /^object\.definition\.moreInfo must be an absolute IRI/],
    [{ interactionType: "Choice" }, /^object\.definition\.interactionType must be one of "true-false"/],
    [{ interactionType: "__proto__" }, /^object\.definition\.interactionType must be one of/],
    [{ correctResponsesPattern: ["a"] }, /interactionType is missing: correctResponsesPattern needs it$/],
    [{ choices: parts }, /^object\.definition\.interactionType is missing: choices needs it$/],
    [{ interactionType: "choice", scale: parts }, /scale does not belong to the interactionType "choice"/],
    [{ interactionType: "choice", choices: {} }, /choices must be an array of interaction components/],
    [{ interactionType: "choice", choices: [{}] }, /choices\[0\]\.id is missing/],
    [{ interactionType: "choice", choices: [{ id: 1 }] }, /choices\[0\]\.id must be a string; got 1$/],
    [
      { interactionType: "choice", choices: [...parts, { id: "a" }] },
      /choices\[2\]\.id is in the list already/,
    ],
    [{ interactionType: "other", correctResponsesPattern: "a" }, /correctResponsesPattern must be an array/],
    [
      { interactionType: "other", correctResponsesPattern: [1] },
      /correctResponsesPattern\[0\] must be a string/,
    ],
    [{ extensions: { "https://e.example": null } }, null],
    [{ extensions: { x: 1 } }, /^the keys of object\.definition\.extensions must be absolute IRIs; got "x"$/],
  ])("judges %j", (definition, fault) => expectFault({ object: { ...activity, definition } }, fault));
});

describe("part 2 §2.4.5, result", () => {
  it.each<[Record<string, unknown>, RegExp | null]>([
    [{}, null],
    [{ success: true, completion: false, response: "", duration: "PT1S" }, null],
    [{ score: { scaled: -1, raw: 0, min: 0, max: 1 } }, null],
    [{ score: { scaled: 1, raw: -5 } }, null],
    [{ score: {} }, null],
    [{ success: "true" }, /^result\.success must be true or false, unquoted; got "true"$/],
    [{ completion: 1 }, /^result\.completion must be true or false/],
    [{ response: 1 }, /^result\.response must be a string/],
    [{ duration: "1 hour" }, /^result\.duration must be an ISO 8601 duration/],
    [{ score: 1 }, /^result\.score must be an object \(a score\); got 1$/],
    [{ score: { scaled: "0.5" } }, /^result\.score\.scaled must be a number, unquoted; got "0\.5"$/],
    [{ score: { scaled: 1.01 } }, /^result\.score\.scaled must be between -1 and 1; got 1\.01$/],
    [{ score: { scaled: -1.0001 } }, /^result\.score\.scaled must be between -1 and 1/],
    [{ score: { min: 1, max: 1 } }, /^result\.score\.min must be less than .*; got 1 and 1$/],
    [{ score: { min: 2, max: 1 } }, /^result\.score\.min must be less than/],
    [{ score: { raw: 2, max: 1 } }, /^result\.score\.raw must be between min and max; got 2$/],
    [{ score: { raw: 0, min: 1 } }, /^result\.score\.raw must be between min and max; got 0$/],
    [{ score: { Raw: 0 } }, /^result\.score must not have "Raw"; a score may have /],
  ])("judges %j", (result, fault) => expectFault({ result }, fault));
});

describe("part 2 §2.4.6, context", () => {
  it.each<[Record<string, unknown>, RegExp | null]>([
    [{ registration: id.toUpperCase(), instructor: ann, team: group, language: "en-US" }, null],
    [{ instructor: group, revision: "1", platform: "web", statement: reference }, null],
    [
      { contextActivities: { parent: activity, grouping: [activity], category: [], other: [activity] } },
      null,
    ],
    [{ registration: "x" }, /^context\.registration must be a UUID/],
    [{ instructor: {} }, /^context\.instructor must have exactly one of/],
    [{ team: ann }, /^context\.team\.objectType is missing: a Group must have it$/],
    [{ team: { objectType: "Agent", ...ann } }, /^context\.team\.objectType must be "Group"/],
    [{ language: "something" }, /^context\.language must be a language tag/],
    [{ revision: 1 }, /^context\.revision must be a string/],
    [{ statement: { ...reference, objectType: "statementref" } }, /^context\.statement\.objectType must be/],
    [{ statement: { id } }, /^context\.statement\.objectType is missing/],
    [{ contextActivities: { parents: [activity] } }, /^context\.contextActivities must not have "parents"; /],
    [{ contextActivities: { parent: [{}] } }, /^context\.contextActivities\.parent\[0\]\.id is missing/],
    [{ contextActivities: { parent: null } }, /^context\.contextActivities\.parent must be an object/],
    [{ contextActivities: { parent: [{ ...ann }] } }, /parent\[0\] must not have "mbox"; an Activity may/],
  ])("judges %j", (context, fault) => expectFault({ context }, fault));

  it.each(["revision", "platform"])("refuses %s where the object is no Activity", (key) => {
    for (const object of [reference, { objectType: "Agent", ...ann }, group]) {
      expectFault(
        { object, context: { [key]: "x" } },
        new RegExp(`^context\\.${key} is for Activities only`),
      );
    }
    const version: XapiVersion = "2.0.0";
    expect(statementFault({ ...statement, object: subStatement, context: { [key]: "x" } }, version)).toMatch(
      new RegExp(`^context\\.${key} is for Activities only`),
    );
  });

  it.each<[Record<string, unknown>, RegExp | null]>([
    [
      { contextAgents: [{ objectType: "contextAgent", agent: ann, relevantTypes: ["https://t.example"] }] },
      null,
    ],
    [{ contextGroups: [{ objectType: "contextGroup", group }] }, null],
    [{ contextAgents: [], contextGroups: [] }, null],
    [{ contextAgents: {} }, /^context\.contextAgents must be an array/],
    [{ contextAgents: [{ agent: ann }] }, /^context\.contextAgents\[0\]\.objectType is missing/],
    [{ contextAgents: [{ objectType: "Agent", agent: ann }] }, /objectType must be "contextAgent"/],
    [{ contextAgents: [{ objectType: "contextAgent" }] }, /^context\.contextAgents\[0\]\.agent is missing/],
    [{ contextAgents: [{ objectType: "contextAgent", agent: group }] }, /agent\.objectType must be "Agent"/],
    [
      { contextAgents: [{ objectType: "contextAgent", agent: ann, relevantTypes: [] }] },
      /relevantTypes must not be empty/,
    ],
    [
      { contextAgents: [{ objectType: "contextAgent", agent: ann, relevantTypes: ["abc"] }] },
      /relevantTypes\[0\] must be an absolute IRI/,
    ],
    [{ contextGroups: [{ objectType: "contextGroup", group: ann }] }, /group\.objectType is missing/],
    [{ contextGroups: [{ objectType: "contextGroup", group, member: [] }] }, /must not have "member"/],
  ])("IEEE 9274.1.1 §4.2.2.5: judges %j in 2.0 and refuses it in 1.0.3", (context, fault) => {
    const found = statementFault({ ...statement, context }, "2.0.0");
    if (fault === null) expect(found).toBeNull();
    else expect(found).toMatch(fault);
    expect(statementFault({ ...statement, context }, "1.0.3")).toMatch(
      /^context must not have "context(Agents|Groups)"; a context may have/,
    );
  });
});

describe("part 2 §2.4.10, version", () => {
  it.each([
    ["1.0", true, true],
    ["1.0.0", true, true],
    ["1.0.9", true, true],
    ["1.0.10", true, true],
    ["2.0.0", false, true],
    ["2.0", false, true],
    ["0.9.9", false, false],
    ["0.95", false, false],
    ["1.1.0", false, false],
    ["1.00", false, false],
    ["2.1.0", false, false],
    ["1.0.", false, false],
    ["should fail", false, false],
    [1, false, false],
  ])("%s: 1.0.3 %s, 2.0 %s", (version, by103, by20) => {
    expect(statementFault({ ...statement, version }, "1.0.3") === null).toBe(by103);
    expect(statementFault({ ...statement, version }, "2.0.0") === null).toBe(by20);
  });
});

describe("part 2 §2.4.11, attachments", () => {
  it.each<[unknown, RegExp | null]>([
    [[], null],
    [[attachment, { ...attachment, fileUrl: "https://f.example/a", description: { en: "x" } }], null],
    [[{ ...attachment, sha2: hash.toUpperCase().padEnd(128, "0"), contentType: "image/svg+xml" }], null],
    [attachment, /^attachments must be an array of attachments; got an object$/],
    [[{ ...attachment, usageType: "x" }], /^attachments\[0\]\.usageType must be an absolute IRI/],
    [[{ ...attachment, display: "x" }], /^attachments\[0\]\.display must be a language map/],
    [
      [{ ...attachment, contentType: "text" }],
      /^attachments\[0\]\.contentType must be an Internet media type/,
    ],
    [
      [{ ...attachment, contentType: "text/plain; x\r\nEvil: 1" }],
      /contentType must be an Internet media type/,
    ],
    [
      [{ ...attachment, length: "27" }],
      /^attachments\[0\]\.length must be a whole number of octets; got "27"$/,
    ],
    [[{ ...attachment, length: -1 }], /^attachments\[0\]\.length must be/],
    [[{ ...attachment, length: 1.5 }], /^attachments\[0\]\.length must be/],
    [[{ ...attachment, sha2: "" }], /^attachments\[0\]\.sha2 must be the hexadecimal digits/],
    [[{ ...attachment, sha2: hash.slice(1) }], /^attachments\[0\]\.sha2 must be/],
    [[{ ...attachment, fileUrl: "file.txt" }], /^attachments\[0\]\.fileUrl must be an absolute IRI/],
    ...["usageType", "display", "contentType", "length", "sha2"].map((key): [unknown, RegExp] => [
      [Object.fromEntries(Object.entries(attachment).filter(([name]) => name !== key))],
      new RegExp(`^attachments\\[0\\]\\.${key} is missing: an attachment must have it$`),
    ]),
  ])("judges %j", (attachments, fault) => expectFault({ attachments }, fault));
});

const iri = fc.webUrl({ withFragments: true, withQueryParameters: true });
const languageMap = fc.dictionary(
  fc.constantFrom("en", "de-CH", "zh-Hant-TW"),
  fc.string({ unit: "binary" }),
);
const uuid = fc.uuid();
const anAgent = fc.oneof(
  fc.record({ name: fc.string(), mbox: fc.emailAddress().map((email) => `mailto:${email}`) }),
  fc.record({ objectType: fc.constant("Agent"), openid: iri }),
  fc.record({ account: fc.record({ homePage: iri, name: fc.string() }) }),
);
const aGroup = fc.record(
  { objectType: fc.constant("Group"), name: fc.string(), member: fc.array(anAgent, { maxLength: 3 }) },
  { requiredKeys: ["objectType", "member"] },
);
const extensions = fc.dictionary(iri, fc.jsonValue(), { maxKeys: 3 });
const anActivity = fc.record(
  {
    id: iri,
    objectType: fc.constant("Activity"),
    definition: fc.record({ name: languageMap, type: iri, extensions }, { requiredKeys: [] }),
  },
  { requiredKeys: ["id"] },
);
const aStatement = fc.record(
  {
    id: uuid,
    actor: fc.oneof(anAgent, aGroup),
    verb: fc.record({ id: iri, display: languageMap }, { requiredKeys: ["id"] }),
    object: fc.oneof(anActivity, fc.record({ objectType: fc.constant("StatementRef"), id: uuid }), aGroup),
    result: fc.record(
      {
        score: fc.record({ scaled: fc.double({ min: -1, max: 1, noNaN: true }) }),
        success: fc.boolean(),
        response: fc.string({ unit: "binary" }),
        duration: fc.nat().map((seconds) => `PT${seconds}S`),
        extensions,
      },
      { requiredKeys: [] },
    ),
    context: fc.record(
      {
        registration: uuid,
        instructor: anAgent,
        team: aGroup,
        contextActivities: fc.record({ parent: anActivity, other: fc.array(anActivity) }),
        extensions,
      },
      { requiredKeys: [] },
    ),
    timestamp: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString()),
  },
  { requiredKeys: ["actor", "verb", "object"] },
);

describe("any statement", () => {
  test.prop([fc.jsonValue(), fc.constantFrom(...versions)])(
    "any JSON is judged, none is thrown at",
    (value, version) => {
      expect(statementFault(value, version)).toMatch(/./);
    },
  );

  test.prop([aStatement, fc.jsonValue(), fc.constantFrom("actor", "verb", "object", "result", "context")])(
    "any JSON in place of a property is judged",
    (valid, value, key) => {
      const fault = statementFault({ ...valid, [key]: value }, "2.0.0");
      expect(fault === null || fault.length < 1000).toBe(true);
    },
  );

  test.prop([aStatement])("a valid one passes in both versions", (valid) => {
    expect(versions.map((version) => statementFault(valid, version))).toEqual([null, null]);
  });

  test.prop([aStatement, fc.constantFrom("actor", "verb", "object")])(
    "one without a required property fails and the sentence names it",
    (valid, key) => {
      const rest = Object.fromEntries(Object.entries(valid).filter(([name]) => name !== key));
      expect(statementFault(rest, "1.0.3")).toBe(`${key} is missing: a statement must have it`);
    },
  );

  test.prop([aStatement, fc.string(), fc.jsonValue()])(
    "one with an unknown property fails",
    (valid, key, value) => {
      fc.pre(
        !/^(id|actor|verb|object|result|context|timestamp|stored|authority|version|attachments)$/.test(key),
      );
      const unknown: unknown = JSON.parse(
        `{${JSON.stringify(key)}: ${JSON.stringify(value)}, ${JSON.stringify(valid).slice(1)}`,
      );
      expect(statementFault(unknown, "2.0.0")).toMatch(
        /^the statement must not have ".*"; a statement may have /s,
      );
    },
  );

  it("may be nested in extensions as deep as it likes, and long as it likes", () => {
    const text = "ä".repeat(1_000_000);
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(200)}1${"]}".repeat(200)}`);
    const started = performance.now();
    const long = {
      actor: { account: { homePage: `https://example.org/${text}`, name: text } },
      verb: { id: `https://example.org/${text}`, display: { en: text } },
      object: { id: `https://example.org/${text}` },
      result: { response: text, extensions: { "https://example.org/deep": deep } },
    };
    for (const version of versions) expect(statementFault(long, version)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
