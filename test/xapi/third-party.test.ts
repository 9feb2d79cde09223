import XAPI from "@xapi/xapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onBothEngines } from "#test/database.ts";
import { startXapi, type XapiServer } from "#test/xapi-server.ts";

/** Clients that nobody here wrote, as an organisation would bring them. */
onBothEngines("a third-party client", (database) => {
  let server: XapiServer;
  let authorization = "";
  beforeAll(async () => {
    server = await startXapi(database);
    ({ authorization } = await server.client("all"));
  });
  afterAll(async () => {
    expect(server.faults).toEqual([]);
    await server.close();
  });

  const agent = { objectType: "Agent", mbox: "mailto:mila@aldermoor.example" } as const;
  const activity = { objectType: "Activity", id: "https://courses.example/ai" } as const;

  describe.each(["fetch", "axios"] as const)("@xapi/xapi over %s", (adapter) => {
    const client = (): XAPI =>
      new XAPI({
        endpoint: `http://127.0.0.1:${server.port}/xapi/`,
        auth: authorization,
        version: "1.0.3",
        adapter,
      });

    it("sends, finds, voids and finds voided", async () => {
      const xapi = client();
      const object = { ...activity, id: `${activity.id}/${adapter}` };
      const sent = await xapi.sendStatement({
        statement: { actor: agent, verb: XAPI.Verbs.COMPLETED, object },
      });
      const [statementId = ""] = sent.data;
      const found = await xapi.getStatements({ agent, verb: XAPI.Verbs.COMPLETED.id, activity: object.id });
      expect(found.data.statements.map((s) => s.id)).toEqual([statementId]);
      await xapi.voidStatement({ actor: agent, statementId });
      expect((await xapi.getVoidedStatement({ voidedStatementId: statementId })).data).toMatchObject({
        id: statementId,
        object,
      });
      expect((await xapi.getStatements({ activity: object.id })).data.statements).toMatchObject([
        { verb: { id: "http://adlnet.gov/expapi/verbs/voided" } },
      ]);
    });

    it("follows more links to the end", async () => {
      const xapi = client();
      const verb = { id: `https://verbs.example/${adapter}` };
      const statement = { actor: agent, verb, object: activity };
      await xapi.sendStatements({ statements: Array.from({ length: 7 }, () => statement) });
      const pages: number[] = [];
      let page: { statements: unknown[]; more?: string } = (
        await xapi.getStatements({ verb: verb.id, limit: 3 })
      ).data;
      for (;;) {
        pages.push(page.statements.length);
        if (!page.more) break;
        page = (await xapi.getMoreStatements({ more: page.more })).data as typeof page;
      }
      expect(pages).toEqual([3, 3, 1]);
    });

    it("keeps state and profiles, with their tags", async () => {
      const xapi = client();
      const place = { agent, activityId: activity.id, stateId: `bookmark-${adapter}` };
      await xapi.createState({ ...place, state: { page: 3 } });
      await xapi.createState({ ...place, state: { done: false } });
      expect((await xapi.getState(place)).data).toEqual({ page: 3, done: false });
      await xapi.deleteState(place);
      await expect(xapi.getState(place)).rejects.toBeDefined();
      const profile = { activityId: activity.id, profileId: `about-${adapter}` };
      await xapi.setActivityProfile({
        ...profile,
        profile: { a: 1 },
        etag: "*",
        matchHeader: "If-None-Match",
      });
      const { headers } = await xapi.getActivityProfile(profile);
      const tag = (headers as { etag?: string }).etag ?? "";
      await xapi.setActivityProfile({ ...profile, profile: { a: 2 }, etag: tag, matchHeader: "If-Match" });
      expect((await xapi.getActivityProfile(profile)).data).toEqual({ a: 2 });
    });

    it("asks what the store is and whom it knows", async () => {
      const xapi = client();
      expect((await xapi.getAbout()).data.version).toContain("1.0.3");
      expect((await xapi.getAgent({ agent })).data).toMatchObject({ mbox: [agent.mbox] });
      expect((await xapi.getActivity({ activityId: activity.id })).data).toMatchObject({ id: activity.id });
    });
  });
});
