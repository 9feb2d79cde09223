import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import type { Scope } from "#app/domain/lrs/credential.ts";
import { documentKinds, etagOf } from "#app/domain/lrs/document.ts";
import type { XapiAnswer, XapiRequest } from "#app/domain/lrs/request.ts";
import { onBothEngines } from "#test/database.ts";
import { aClient, parameterChecks, refusalOf, textOf } from "#test/xapi.ts";
import { documentsResource } from "./documents.server.ts";

const { state, activityProfile, agentProfile } = documentKinds;
const now = new Date("2026-11-23T10:00:00.123Z");

const agent = JSON.stringify({ mbox: "mailto:ann@example.org" });
const activityId = "https://example.org/a";
const states = { activityId, agent };
const oneState = { ...states, stateId: "bookmark" };
const oneProfile = { agent, profileId: "settings" };

type Sent = {
  kind?: 1 | 2 | 3;
  parameters?: Record<string, string>;
  headers?: XapiRequest["headers"];
  body?: string | Uint8Array;
  version?: XapiRequest["version"];
  scopes?: Scope[];
  at?: Date;
};

async function send(db: Db, method: XapiRequest["method"], sent: Sent = {}): Promise<XapiAnswer> {
  const {
    kind = state,
    parameters = oneState,
    headers = {},
    body = "",
    version = "1.0.3",
    scopes = ["all"],
  } = sent;
  return documentsResource(kind, {
    db,
    client: aClient(...scopes),
    request: {
      method,
      path: "/activities/state",
      query: new URLSearchParams(parameters),
      headers,
      body: typeof body === "string" ? new TextEncoder().encode(body) : body,
      version,
    },
    checks: parameterChecks,
    now: sent.at ?? now,
  });
}

const json = { "content-type": "application/json" };

onBothEngines("document resources (xAPI 1.0.3 part 3 §2.2)", (database) => {
  it("stores a document and gives it back with its headers (§2.2, §3.1)", () =>
    database.rolledBack(async (tx) => {
      const headers = { "content-type": "text/plain; charset=latin1" };
      expect(await send(tx, "PUT", { headers, body: Uint8Array.of(0, 255) })).toEqual({ status: 204 });
      const got = await send(tx, "GET");
      expect(got).toMatchObject({
        status: 200,
        headers: {
          "content-type": "text/plain; charset=latin1",
          "content-length": "2",
          etag: `"${etagOf(Uint8Array.of(0, 255))}"`,
          "last-modified": "Mon, 23 Nov 2026 10:00:00 GMT",
          "content-security-policy": "default-src 'none'; sandbox",
        },
      });
      expect([...(got.body as Uint8Array)]).toEqual([0, 255]);
    }));

  it("answers HEAD as GET without the body (§1.1)", () =>
    database.rolledBack(async (tx) => {
      await send(tx, "PUT", { body: "abc" });
      for (const parameters of [oneState, states]) {
        const got = await send(tx, "GET", { parameters });
        expect(await send(tx, "HEAD", { parameters })).toEqual({ status: got.status, headers: got.headers });
      }
    }));

  it("takes a document without a type for bytes, and an empty one for a document", () =>
    database.rolledBack(async (tx) => {
      await send(tx, "PUT");
      expect(await send(tx, "GET")).toMatchObject({
        status: 200,
        headers: { "content-type": "application/octet-stream", "content-length": "0" },
      });
    }));

  it("lists ids with the time of the newest (§2.3)", () =>
    database.rolledBack(async (tx) => {
      const empty = await send(tx, "GET", { parameters: states });
      expect(textOf(empty)).toBe("[]");
      expect(empty.headers).not.toHaveProperty("last-modified");
      await send(tx, "PUT", { parameters: { ...states, stateId: "\0" } });
      await send(tx, "PUT", { at: new Date("2026-11-23T11:00:00Z") });
      const all = await send(tx, "GET", { parameters: states });
      expect(JSON.parse(textOf(all))).toEqual(["\0", "bookmark"]);
      expect(all.headers).toMatchObject({
        "content-type": "application/json",
        etag: `"${etagOf(textOf(all))}"`,
        "last-modified": "Mon, 23 Nov 2026 11:00:00 GMT",
      });
      const since = { ...states, since: now.toISOString() };
      expect(textOf(await send(tx, "GET", { parameters: since }))).toBe('["bookmark"]');
    }));

  it("answers 304 to a GET that knows the content (RFC 7232 §4.1)", () =>
    database.rolledBack(async (tx) => {
      await send(tx, "PUT", { body: "abc" });
      const { headers = {} } = await send(tx, "GET");
      const known = await send(tx, "GET", { headers: { "if-none-match": `W/${headers["etag"]}` } });
      expect(known).toMatchObject({ status: 304, headers: { etag: headers["etag"] } });
      expect(known).not.toHaveProperty("body");
      expect(await send(tx, "GET", { headers: { "if-none-match": '"other"' } })).toMatchObject({
        status: 200,
      });
    }));

  it("answers 404 for a document that is not there, and 204 to its deletion", () =>
    database.rolledBack(async (tx) => {
      expect(await refusalOf(send(tx, "GET"))).toMatchObject({ status: 404 });
      expect(await refusalOf(send(tx, "HEAD"))).toMatchObject({ status: 404 });
      expect(await send(tx, "DELETE")).toEqual({ status: 204 });
      await send(tx, "PUT");
      await send(tx, "DELETE", { parameters: states });
      expect(await refusalOf(send(tx, "GET"))).toMatchObject({ status: 404 });
    }));

  it("merges posted JSON objects (§2.2)", () =>
    database.rolledBack(async (tx) => {
      await send(tx, "POST", { headers: json, body: '{"car":"MKX","n":1.0}' });
      await send(tx, "POST", { headers: json, body: '{"car":"MKZ"}' });
      expect(textOf(await send(tx, "GET"))).toBe('{"car":"MKZ","n":1.0}');
    }));

  it.each([
    ["no JSON object", "POST", json, "[]"],
    ["broken JSON", "POST", json, "{}["],
    ["another type", "POST", { "content-type": "not/json" }, "{}"],
    ["broken JSON", "PUT", json, "{"],
    ["a type that no header may carry", "PUT", { "content-type": "a\nb" }, ""],
  ] as const)("refuses %s to %s with 400 and changes nothing", (_, method, headers, body) =>
    database.rolledBack(async (tx) => {
      await send(tx, "POST", { headers: json, body: '{"a":1}' });
      expect(await refusalOf(send(tx, method, { headers, body }))).toMatchObject({ status: 400 });
      expect(textOf(await send(tx, "GET"))).toBe('{"a":1}');
    }),
  );

  it.each([
    [agentProfile, oneProfile],
    [activityProfile, { activityId, profileId: "settings" }],
  ] as const)("guards profiles (kind %d) against lost updates (§3.1)", (kind, parameters) =>
    database.rolledBack(async (tx) => {
      const sent = { kind, parameters };
      await send(tx, "PUT", { ...sent, headers: { "if-none-match": "*" }, body: "1" });
      const blind = await refusalOf(send(tx, "PUT", { ...sent, body: "2" }));
      expect(blind.status).toBe(409);
      expect(blind.message).toContain("If-Match");
      const stale = { ...sent, headers: { "if-match": '"1234"' }, body: "2" };
      for (const method of ["PUT", "POST", "DELETE"] as const)
        expect(await refusalOf(send(tx, method, stale))).toMatchObject({ status: 412 });
      expect(textOf(await send(tx, "GET", sent))).toBe("1");
      const current = (await send(tx, "GET", sent)).headers?.["etag"];
      expect(await send(tx, "PUT", { ...sent, headers: { "if-match": current }, body: "2" })).toEqual({
        status: 204,
      });
    }),
  );

  it("lets states be overwritten blindly in 1.0.3 and not in 2.0 (2.0 §4.1.4)", () =>
    database.rolledBack(async (tx) => {
      await send(tx, "PUT", { body: "1" });
      expect(await send(tx, "PUT", { body: "2" })).toEqual({ status: 204 });
      expect(await refusalOf(send(tx, "PUT", { body: "3", version: "2.0.0" }))).toMatchObject({
        status: 409,
      });
    }));

  it("refuses bad parameters, strangers and other methods", () =>
    database.rolledBack(async (tx) => {
      expect(await refusalOf(send(tx, "PUT", { parameters: states }))).toMatchObject({ status: 400 });
      expect(await refusalOf(send(tx, "GET", { scopes: ["profile", "statements/read"] }))).toMatchObject({
        status: 403,
        message: expect.stringContaining("scope state") as string,
      });
      const profile = { kind: agentProfile, parameters: oneProfile, scopes: ["state"] as Scope[] };
      expect(await refusalOf(send(tx, "GET", profile))).toMatchObject({ status: 403 });
      expect(await refusalOf(send(tx, "PATCH" as "PUT"))).toMatchObject({
        status: 405,
        headers: { allow: "GET, HEAD, PUT, POST, DELETE" },
      });
    }));
});
