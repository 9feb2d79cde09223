import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { sameStatement } from "./statement-comparison.ts";

const id = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee";
const ann = { mbox: "mailto:Ann@example.org", name: "Ann" };
const bob = { account: { homePage: "https://example.org", name: "bob" } };
const activity = { id: "https://example.org/activities/1" };
const statement = { actor: ann, verb: { id: "https://example.org/verbs/sent" }, object: activity };

type Properties = Record<string, unknown>;

const written = (properties: Properties): string => JSON.stringify({ ...statement, ...properties });
const same = (a: Properties, b: Properties): boolean => sameStatement(written(a), written(b));

const context = (properties: Properties): Properties => ({ context: properties });
const sub = (properties: Properties): Properties => ({
  object: { objectType: "SubStatement", ...statement, ...properties },
});
const timestamp = "2026-11-24T09:30:00.000Z";

describe("part 2 §2.3.1, what does not count", () => {
  it.each<[string, Properties, Properties]>([
    ["the id, which the caller looks at", { id }, {}],
    ["stored", { stored: timestamp }, { stored: "2020-01-01T00:00:00Z" }],
    ["the authority", { authority: ann }, { authority: bob }],
    ["the version", { version: "1.0.0" }, { version: "1.0.3" }],
    ["the attachments", { attachments: [{ length: 1 }] }, {}],
    ["a timestamp that one lacks", { timestamp }, {}],
    ["how a timestamp is written", { timestamp }, { timestamp: "2026-11-24T10:30:00+01:00" }],
    ["below a millisecond", { timestamp }, { timestamp: "2026-11-24T09:30:00.0004Z" }],
    [
      "the display of the verb",
      { verb: { ...statement.verb, display: { en: "sent" } } },
      { verb: { ...statement.verb, display: { de: "gesendet" } } },
    ],
    ["the definition of the object", { object: { ...activity, definition: { name: { en: "x" } } } }, {}],
    [
      "the definition of a context activity",
      context({ contextActivities: { parent: [{ ...activity, definition: {} }] } }),
      context({ contextActivities: { parent: [activity] } }),
    ],
    [
      "one context activity in or out of a list",
      context({ contextActivities: { parent: activity } }),
      context({ contextActivities: { parent: [activity] } }),
    ],
    [
      "the order of members",
      { actor: { objectType: "Group", member: [ann, bob, ann] } },
      { actor: { objectType: "Group", member: [bob, ann, ann] } },
    ],
    [
      "the order of members in the context",
      context({ team: { objectType: "Group", member: [ann, bob] } }),
      context({ team: { objectType: "Group", member: [bob, ann] } }),
    ],
    [
      "the order of members of contextGroups",
      context({ contextGroups: [{ objectType: "contextGroup", group: { member: [ann, bob] } }] }),
      context({ contextGroups: [{ objectType: "contextGroup", group: { member: [bob, ann] } }] }),
    ],
    ["the case of a mail domain", { actor: { ...ann, mbox: "mailto:Ann@EXAMPLE.org" } }, {}],
    ["the case of a hash", { actor: { mbox_sha1sum: "AB" } }, { actor: { mbox_sha1sum: "ab" } }],
    ["the case of a UUID", context({ registration: id.toUpperCase() }), context({ registration: id })],
    [
      "the case of the id of a reference",
      { object: { objectType: "StatementRef", id: id.toUpperCase() } },
      { object: { objectType: "StatementRef", id } },
    ],
    ["the case of a language tag", context({ language: "en-us" }), context({ language: "en-US" })],
    [
      "what a duration says below 0.01 s (§4.6)",
      { result: { duration: "PT0.1237S" } },
      { result: { duration: "PT0.12S" } },
    ],
    ["the order of properties", { context: {}, result: {} }, { result: {}, context: {} }],
    [
      "the same inside a SubStatement",
      sub({ verb: { ...statement.verb, display: { en: "x" } }, timestamp: "2026-11-24T10:30:00+01:00" }),
      sub({ timestamp }),
    ],
  ])("%s", (_, a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(b, a)).toBe(true);
  });
});

describe("part 2 §2.3.1, what counts", () => {
  it.each<[string, Properties, Properties]>([
    ["another actor", { actor: bob }, {}],
    ["a name", { actor: { ...ann, name: "Anna" } }, {}],
    ["case before the @", { actor: { ...ann, mbox: "mailto:ann@example.org" } }, {}],
    ["another verb", { verb: { id: "https://example.org/verbs/Sent" } }, {}],
    ["another activity", { object: { id: "https://example.org/activities/2" } }, {}],
    ["a written objectType", { object: { objectType: "Activity", ...activity } }, {}],
    ["another timestamp", { timestamp }, { timestamp: "2026-11-24T09:30:00.001Z" }],
    ["a result", { result: {} }, {}],
    ["the unit of a duration", { result: { duration: "PT60S" } }, { result: { duration: "PT1M" } }],
    ["a success", { result: { success: true } }, { result: { success: false } }],
    ["null and nothing", { result: { extensions: { "a:b": null } } }, { result: { extensions: {} } }],
    [
      "the number of equal members",
      { actor: { objectType: "Group", member: [ann, ann, bob] } },
      { actor: { objectType: "Group", member: [ann, bob, bob] } },
    ],
    [
      "the order of context activities",
      context({ contextActivities: { other: [activity, { id: "a:b" }] } }),
      context({ contextActivities: { other: [{ id: "a:b" }, activity] } }),
    ],
    [
      "an array and an object",
      { result: { extensions: { "a:b": [] } } },
      { result: { extensions: { "a:b": {} } } },
    ],
    ["a timestamp of a SubStatement that one lacks", sub({ timestamp }), sub({})],
  ])("%s", (_, a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });

  it("numbers to the last digit, however they are written", () => {
    const raw = (number: string): string =>
      written({ result: { score: { raw: 0 } } }).replace('"raw":0', `"raw":${number}`);
    expect(sameStatement(raw("1"), raw("1.0"))).toBe(true);
    expect(sameStatement(raw("1"), raw("10e-1"))).toBe(true);
    expect(sameStatement(raw("12345678901234567890"), raw("12345678901234567891"))).toBe(false);
    expect(sameStatement(raw("1"), raw('"1"'))).toBe(false);
  });

  it("keys that a prototype would swallow", () => {
    const extension = (inner: string): string =>
      written({ result: {} }).replace('"result":{}', `"result":${inner}`);
    expect(sameStatement(extension('{"__proto__":1}'), extension('{"__proto__":2}'))).toBe(false);
    expect(sameStatement(extension('{"toString":1}'), extension('{"valueOf":1}'))).toBe(false);
  });
});

describe("any JSON", () => {
  test.prop([fc.jsonValue()])("is the same as itself", (value) => {
    expect(sameStatement(JSON.stringify(value), JSON.stringify(value, null, 2))).toBe(true);
  });

  test.prop([fc.jsonValue(), fc.constantFrom("actor", "verb", "object", "result", "context", "timestamp")])(
    "in place of a property counts where it differs",
    (value, key) => {
      const changed = { [key]: { "not in any statement": value } };
      expect(same(changed, {})).toBe(key === "timestamp");
      expect(same(changed, changed)).toBe(true);
    },
  );

  it("of any depth is compared", () => {
    const deep = (core: string): string =>
      written({ result: {} }).replace(
        '"result":{}',
        `"result":${"[".repeat(100_000)}${core}${"]".repeat(100_000)}`,
      );
    expect(sameStatement(deep("1"), deep("1.0"))).toBe(true);
    expect(sameStatement(deep("1"), deep("2"))).toBe(false);
  });
});
