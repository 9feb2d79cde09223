import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  contentFault,
  documentAddress,
  documentKinds,
  etagOf,
  mergedContent,
  namesTag,
  preconditionFault,
} from "./document.ts";
import type { ParameterChecks } from "./parameter.ts";
import type { XapiRequest } from "./request.ts";

const { state, activityProfile, agentProfile } = documentKinds;

const checks: ParameterChecks = {
  agent: (value) => (typeof value === "object" && value && "mbox" in value ? null : "It lacks mbox."),
  iri: (value) => (value.includes(":") ? null : "It is no IRI."),
  uuid: (value) => /^[0-9a-f-]{36}$/i.test(value),
  timestamp: (value) => (/^\d{4}-/.test(value) ? null : "It is no timestamp."),
};

const agent = JSON.stringify({ mbox: "mailto:ann@example.org" });
const registration = "6FA459EA-EE8A-3CA4-894E-DB77E160355E";
const activityId = "https://example.org/a";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function addressOf(
  kind: 1 | 2 | 3,
  method: XapiRequest["method"],
  parameters: Record<string, string>,
): ReturnType<typeof documentAddress> {
  return documentAddress(kind, method, new URLSearchParams(parameters), checks);
}

describe("documentAddress (xAPI 1.0.3 part 3 §2.3, §2.6, §2.7)", () => {
  it("reads all that a state document is addressed by", () => {
    expect(addressOf(state, "PUT", { activityId, agent, registration, stateId: "bookmark" })).toMatchObject({
      ok: true,
      address: { kind: state, registration: registration.toLowerCase(), id: "bookmark", since: null },
    });
  });

  it.each([
    ["a list of states", state, "GET", { activityId, agent, since: "2026-11-23T10:00:00Z" }],
    ["the headers of a list", state, "HEAD", { activityId, agent }],
    ["the end of all states", state, "DELETE", { activityId, agent }],
    ["an empty id", state, "PUT", { activityId, agent, stateId: "" }],
    ["an activity's profile", activityProfile, "GET", { activityId, profileId: "p" }],
    ["an agent's profiles", agentProfile, "GET", { agent, since: "2026-11-23T10:00:00Z" }],
  ] as const)("takes %s", (_, kind, method, parameters) => {
    expect(addressOf(kind, method, parameters)).toMatchObject({ ok: true });
  });

  it.each([
    ["no activityId", state, "PUT", { agent, stateId: "s" }, "activityId is missing"],
    ["an activityId that is no IRI", state, "PUT", { activityId: "a", agent, stateId: "s" }, "no IRI"],
    ["no agent", state, "GET", { activityId, stateId: "s" }, "agent is missing"],
    ["an agent that is none", agentProfile, "GET", { agent: "{}", profileId: "s" }, "lacks mbox"],
    [
      "a registration that is no UUID",
      state,
      "GET",
      { activityId, agent, registration: "1" },
      "registration",
    ],
    ["no stateId to put", state, "PUT", { activityId, agent }, "stateId is missing"],
    ["no profileId to post", agentProfile, "POST", { agent }, "profileId is missing"],
    ["no profileId to delete", activityProfile, "DELETE", { activityId }, "profileId is missing"],
    ["a since that is no time", state, "GET", { activityId, agent, since: "now" }, "no timestamp"],
    [
      "since for one document",
      state,
      "GET",
      { activityId, agent, stateId: "s", since: "2026-11-23" },
      "since",
    ],
    ["since to delete", state, "DELETE", { activityId, agent, since: "2026-11-23T10:00:00Z" }, "since"],
    ["registration for a profile", agentProfile, "GET", { agent, registration }, "registration"],
    ["a name in another case", state, "GET", { activityId, agent, stateid: "s" }, "Write it as stateId"],
    ["an unknown parameter", activityProfile, "GET", { activityId, foo: "" }, '"foo" is unknown'],
  ] as const)("refuses %s", (_, kind, method, parameters, words) => {
    expect(addressOf(kind, method, parameters)).toMatchObject({
      ok: false,
      message: expect.stringContaining(words) as string,
    });
  });

  it("tells scopes apart by activity and agent, not by an agent's name", () => {
    const scopeOf = (parameters: Record<string, string>): string => {
      const read = addressOf(state, "GET", parameters);
      return read.ok ? read.address.scope : read.message;
    };
    const named = JSON.stringify({ name: "Ann", mbox: "mailto:ann@EXAMPLE.org" });
    expect(scopeOf({ activityId, agent: named })).toBe(scopeOf({ activityId, agent }));
    expect(scopeOf({ activityId: "https://example.org/b", agent })).not.toBe(scopeOf({ activityId, agent }));
    const other = JSON.stringify({ mbox: "mailto:bob@example.org" });
    expect(scopeOf({ activityId, agent: other })).not.toBe(scopeOf({ activityId, agent }));
  });
});

describe("etagOf (§3.1)", () => {
  it("is the SHA-1 of the content in lower-case hexadecimal", () => {
    expect(etagOf("abc")).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
    expect(etagOf(bytes("abc"))).toBe(etagOf("abc"));
  });
});

describe("namesTag (RFC 7232 §2.3.2)", () => {
  it.each([
    ['"abc"', true, true],
    ["abc", true, true],
    ["*", true, true],
    [" * ", true, true],
    ['"x", "abc"', true, true],
    ["x,abc", true, true],
    ['W/"abc"', false, true],
    ['W/"x", W/"abc"', false, true],
    ['"ABC"', false, false],
    ['"a", "bc"', false, false],
    ["", false, false],
  ])("%s", (header, strong, weak) => {
    expect(namesTag(header, "abc", "strong")).toBe(strong);
    expect(namesTag(header, "abc", "weak")).toBe(weak);
  });
});

describe("preconditionFault (§3.1; 2.0 §4.1.4)", () => {
  type Row = [
    what: string,
    method: "PUT" | "POST" | "DELETE",
    current: string | null,
    headers: { ifMatch?: string; ifNoneMatch?: string },
    profile: number | null,
  ];
  const rows: Row[] = [
    ["overwrites blindly", "PUT", "abc", {}, 409],
    ["overwrites what it knows", "PUT", "abc", { ifMatch: '"abc"' }, null],
    ["overwrites whatever there is", "PUT", "abc", { ifMatch: "*" }, null],
    ["overwrites what has changed", "PUT", "abc", { ifMatch: '"old"' }, 412],
    ["overwrites what is gone", "PUT", null, { ifMatch: '"abc"' }, 412],
    ["overwrites whatever there is, and there is nothing", "PUT", null, { ifMatch: "*" }, 412],
    ["creates only", "PUT", null, { ifNoneMatch: "*" }, null],
    ["creates only, too late", "PUT", "abc", { ifNoneMatch: "*" }, 412],
    ["overwrites all but the current", "PUT", "abc", { ifNoneMatch: '"old"' }, null],
    ["overwrites all but the current, weakly", "PUT", "abc", { ifNoneMatch: 'W/"abc"' }, 412],
    ["merges", "POST", "abc", {}, null],
    ["merges what it knows", "POST", "abc", { ifMatch: '"abc"' }, null],
    ["merges what has changed", "POST", "abc", { ifMatch: '"old"' }, 412],
    ["creates by POST, too late", "POST", "abc", { ifNoneMatch: "*" }, 412],
    ["deletes", "DELETE", "abc", {}, null],
    ["deletes what is gone", "DELETE", null, {}, null],
    ["deletes what it knows", "DELETE", "abc", { ifMatch: '"abc"' }, null],
    ["deletes what has changed", "DELETE", "abc", { ifMatch: '"old"' }, 412],
  ];
  const fault = (
    kind: 1 | 2 | 3,
    version: "1.0.3" | "2.0.0",
    [, method, current, { ifMatch, ifNoneMatch }]: Row,
  ): ReturnType<typeof preconditionFault> =>
    preconditionFault({ ifMatch, ifNoneMatch, version }, { kind, method, current });

  it.each(rows)("%s by %s over %s with %j", (...row) => {
    const [status] = row.slice(-1);
    for (const version of ["1.0.3", "2.0.0"] as const) {
      expect(fault(activityProfile, version, row)?.status ?? null).toBe(status);
      expect(fault(agentProfile, version, row)?.status ?? null).toBe(status);
    }
    expect(fault(state, "2.0.0", row)?.status ?? null).toBe(status);
    expect(fault(state, "1.0.3", row)?.status ?? null).toBe(status === 409 ? null : status);
  });

  it("lets a new document be put blindly, but no profile in 1.0.3", () => {
    const creation: Row = ["creates", "PUT", null, {}, null];
    expect(fault(state, "1.0.3", creation)).toBeNull();
    expect(fault(state, "2.0.0", creation)).toBeNull();
    for (const kind of [activityProfile, agentProfile]) {
      expect(fault(kind, "1.0.3", creation)?.status).toBe(400);
      expect(fault(kind, "2.0.0", creation)).toBeNull();
    }
  });

  it("explains how a conflict is resolved", () => {
    const message = fault(agentProfile, "1.0.3", ["", "PUT", "abc", {}, 409])?.message;
    expect(message).toContain("Check the current state of the resource");
    expect(message).toContain("If-Match");
  });
});

describe("contentFault (§2.2, §3.2)", () => {
  it.each([
    ["PUT", "application/json", "[1.0]", null],
    ["PUT", "application/json; charset=utf-8", '"x"', null],
    ["PUT", "APPLICATION/JSON", "{", "not JSON"],
    ["PUT", "application/json", "", "not JSON"],
    ["PUT", "text/plain", "{", null],
    ["PUT", "application/json-seq", "{", null],
    ["POST", "application/json", "{}", null],
    ["POST", "application/json", "[]", "no object"],
    ["POST", "application/json", "{}[", "not JSON"],
    ["POST", "application/octet-stream", "", null],
    ["PUT", "text/plain\r\nX-A: b", "", "Content-Type"],
    ["PUT", "text/\0plain", "", "Content-Type"],
    ["PUT", "text/\u{142}", "", "Content-Type"],
    ["PUT", "", "", "Content-Type"],
  ] as const)("%s %j %j", (method, contentType, content, words) => {
    const fault = contentFault(method, { contentType, content: bytes(content) });
    if (words === null) expect(fault).toBeNull();
    else expect(fault).toContain(words);
  });

  it("refuses JSON in another encoding", () => {
    expect(
      contentFault("PUT", { contentType: "application/json", content: Uint8Array.of(0x22, 0xff, 0x22) }),
    ).toContain("UTF-8");
  });
});

describe("mergedContent (§2.2)", () => {
  const json = (text: string) => ({ contentType: "application/json", content: bytes(text) });
  const merged = (stored: string, posted: string): string | null => {
    const content = mergedContent(json(stored), json(posted));
    return content && new TextDecoder().decode(content);
  };

  it.each([
    ['{"x":"foo","y":"bar"}', '{"x":"bash","z":"faz"}', '{"x":"bash","y":"bar","z":"faz"}'],
    ['{"a":{"b":1,"c":2}}', '{"a":{"b":3}}', '{"a":{"b":3}}'],
    ['{"a":1.0,"b":12345678901234567890}', '{ "c" : 1e400 }', '{"a":1.0,"b":12345678901234567890,"c":1e400}'],
    [String.raw`{"a":"\u0000\ud800"}`, "{}", String.raw`{"a":"\u0000\ud800"}`],
    ['{"__proto__":1}', '{"__proto__":{"a":2}}', '{"__proto__":{"a":2}}'],
  ])("%s and %s", (stored, posted, result) => {
    expect(merged(stored, posted)).toBe(result);
  });

  it.each([
    ["[]", "{}"],
    ["{}", "1"],
    ["{}", "{"],
    ["", "{}"],
  ])("is null for %s and %s", (stored, posted) => {
    expect(merged(stored, posted)).toBeNull();
  });

  it("is null unless both are application/json", () => {
    const octets = { contentType: "application/octet-stream", content: bytes("{}") };
    expect(mergedContent(octets, json("{}"))).toBeNull();
    expect(mergedContent(json("{}"), octets)).toBeNull();
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())])(
    "sets every top-level property of the posted object",
    (stored, posted) => {
      const [below, above] = [JSON.stringify(stored), JSON.stringify(posted)];
      const expected = new Map([
        ...Object.entries(JSON.parse(below) as object),
        ...Object.entries(JSON.parse(above) as object),
      ]);
      const result = JSON.parse(merged(below, above) ?? "") as object;
      expect(new Map(Object.entries(result))).toEqual(expected);
    },
  );
});
