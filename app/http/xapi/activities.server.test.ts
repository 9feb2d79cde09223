import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { activity } from "#db/schema/lrs.ts";
import { mergedDefinition } from "#app/domain/lrs/activity.ts";
import type { Scope } from "#app/domain/lrs/credential.ts";
import { keyOf } from "#app/domain/lrs/posting.ts";
import type { XapiAnswer, XapiRequest } from "#app/domain/lrs/request.ts";
import { onBothEngines } from "#test/database.ts";
import { aClient, parameterChecks, refusalOf, textOf } from "#test/xapi.ts";
import { activitiesResource } from "./activities.server.ts";

const activityId = "https://example.org/a";

async function ask(
  db: Db,
  parameters: string | Record<string, string>,
  { method = "GET", scopes = ["all"] }: { method?: XapiRequest["method"]; scopes?: Scope[] } = {},
): Promise<XapiAnswer> {
  const query = new URLSearchParams(parameters);
  const request: XapiRequest = {
    method,
    path: "/activities",
    query,
    headers: {},
    body: new Uint8Array(),
    version: "2.0.0",
  };
  return activitiesResource({ db, client: aClient(...scopes), request, checks: parameterChecks });
}

onBothEngines("Activities resource (xAPI 1.0.3 part 3 §2.5)", (database) => {
  it("answers all that is known of an activity, with ETag, and HEAD alike", () =>
    database.rolledBack(async (tx) => {
      const first = mergedDefinition(null, { id: activityId, definition: { name: { en: "meeting" } } });
      const definition = mergedDefinition(first, { id: activityId, definition: { name: { fr: "réunion" } } });
      await tx.insert(activity).values({ key: keyOf(activityId), definition });
      const answer = await ask(tx, { activityId });
      expect(JSON.parse(textOf(answer))).toEqual({
        objectType: "Activity",
        id: activityId,
        definition: { name: { en: "meeting", fr: "réunion" } },
      });
      expect(answer.headers?.["etag"]).toMatch(/^"[0-9a-f]{40}"$/);
      expect(answer.headers?.["content-length"]).toBe(String((answer.body as Uint8Array).length));
      expect(await ask(tx, { activityId }, { method: "HEAD" })).toEqual({
        status: 200,
        headers: answer.headers,
      });
    }));

  it("answers an Activity for one never heard of (2.0 §4.1.6.4)", () =>
    database.rolledBack(async (tx) => {
      expect(JSON.parse(textOf(await ask(tx, { activityId })))).toEqual({
        objectType: "Activity",
        id: activityId,
      });
    }));

  it.each([
    ["", 400],
    ["activityId=a", 400],
    ["activityid=https://example.org/a", 400],
    ["activityId=https://example.org/a&activityId=https://example.org/a", 400],
  ])("refuses ?%s with %d", (query, status) =>
    database.rolledBack(async (tx) => {
      expect(await refusalOf(ask(tx, query))).toMatchObject({ status });
    }),
  );

  it("refuses who may only write, and other methods", () =>
    database.rolledBack(async (tx) => {
      const scopes: Scope[] = ["statements/write"];
      expect(await refusalOf(ask(tx, { activityId }, { scopes }))).toMatchObject({ status: 403 });
      expect(await ask(tx, { activityId }, { scopes: [...scopes, "state"] })).toMatchObject({ status: 200 });
      expect(await refusalOf(ask(tx, { activityId }, { method: "PUT" }))).toMatchObject({ status: 405 });
    }));
});
