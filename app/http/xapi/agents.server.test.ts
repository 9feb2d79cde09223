import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { posting, statement } from "#db/schema/lrs.ts";
import type { Scope } from "#app/domain/lrs/credential.ts";
import { keyOf, postingKinds } from "#app/domain/lrs/posting.ts";
import type { XapiAnswer, XapiRequest } from "#app/domain/lrs/request.ts";
import { onBothEngines } from "#test/database.ts";
import { aClient, parameterChecks, refusalOf, textOf } from "#test/xapi.ts";
import { agentsResource } from "./agents.server.ts";

const ann = { name: "Ann", mbox: "mailto:ann@example.org" };

async function ask(
  db: Db,
  parameters: string | Record<string, string>,
  { method = "GET", scopes = ["all"] }: { method?: XapiRequest["method"]; scopes?: Scope[] } = {},
): Promise<XapiAnswer> {
  const query = new URLSearchParams(parameters);
  const request: XapiRequest = {
    method,
    path: "/agents",
    query,
    headers: {},
    body: new Uint8Array(),
    version: "1.0.3",
  };
  return agentsResource({ db, client: aClient(...scopes), request, checks: parameterChecks });
}

const agent = JSON.stringify(ann);

onBothEngines("Agents resource (xAPI 1.0.3 part 3 §2.4)", (database) => {
  it("answers a Person for an agent never heard of, with ETag, and HEAD alike", () =>
    database.rolledBack(async (tx) => {
      const answer = await ask(tx, { agent });
      expect(JSON.parse(textOf(answer))).toEqual({
        objectType: "Person",
        name: ["Ann"],
        mbox: ["mailto:ann@example.org"],
      });
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
      expect(answer.headers?.["etag"]).toMatch(/^"[0-9a-f]{40}"$/);
      expect(await ask(tx, { agent }, { method: "HEAD" })).toEqual({ status: 200, headers: answer.headers });
    }));

  it("adds the names others gave for those who may read all statements only", () =>
    database.rolledBack(async (tx) => {
      const body = JSON.stringify({ actor: { ...ann, name: "A. Smith" } });
      const id = "6fa459ea-ee8a-3ca4-894e-db77e160355e";
      await tx
        .insert(statement)
        .values({ seq: 1, id, stored: new Date(0), voiding: false, size: body.length, body });
      const key = keyOf("mbox mailto:ann@example.org");
      await tx.insert(posting).values({ kind: postingKinds.agent, key, seq: 1, via: 1 });
      const namesFor = async (...scopes: Scope[]): Promise<unknown> =>
        (JSON.parse(textOf(await ask(tx, { agent }, { scopes }))) as { name: unknown }).name;
      expect(await namesFor("statements/read")).toEqual(["Ann", "A. Smith"]);
      expect(await namesFor("all")).toEqual(["Ann", "A. Smith"]);
      expect(await namesFor("statements/read/mine", "profile", "state")).toEqual(["Ann"]);
    }));

  it.each([
    ["", 400],
    ["agent=%7B%7D", 400],
    ["agent=1", 400],
    ["Agent=%7B%7D", 400],
    [`agent=${encodeURIComponent(agent)}&since=2026-11-23T10:00:00Z`, 400],
  ])("refuses ?%s with %d", (query, status) =>
    database.rolledBack(async (tx) => {
      expect(await refusalOf(ask(tx, query))).toMatchObject({ status });
    }),
  );

  it("takes GET and HEAD only", () =>
    database.rolledBack(async (tx) => {
      expect(await refusalOf(ask(tx, { agent }, { method: "POST" }))).toMatchObject({
        status: 405,
        headers: { allow: "GET, HEAD" },
      });
    }));
});
