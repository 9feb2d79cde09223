import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Scope, scopes } from "#app/domain/lrs/credential.ts";
import { revokeCredential, rotateCredential } from "#app/domain/lrs/credential.server.ts";
import { system } from "#app/domain/people/permission.ts";
import { onBothEngines } from "../database.ts";
import {
  aReceivedStatement,
  aReference,
  anActivity,
  anActor,
  startXapi,
  type XapiClient,
  type XapiServer,
} from "../xapi-server.ts";

onBothEngines(
  "documents, agents, activities and who may use them (xAPI part 3 §2.2 to §2.8, §4)",
  (database) => {
    let server: XapiServer;
    let client: XapiClient;
    beforeAll(async () => {
      server = await startXapi(database);
      client = await server.client("all");
    });
    afterAll(async () => {
      expect(server.faults).toEqual([]);
      await server.close();
    });

    it("§4 every scope may do what it names on every resource, and nothing else", async () => {
      const activityId = anActivity();
      const agent = JSON.stringify(anActor());
      const own = await client.page({ limit: "1" });
      expect(own.statements).toEqual([]);
      const requests: [string, string, Record<string, string>, Scope[]][] = [
        ["POST", "/statements", {}, ["statements/write"]],
        ["PUT", "/statements", { statementId: "" }, ["statements/write"]],
        ["GET", "/statements", {}, ["statements/read", "statements/read/mine"]],
        ["HEAD", "/statements", {}, ["statements/read", "statements/read/mine"]],
        [
          "GET",
          "/activities",
          { activityId },
          ["statements/read", "statements/read/mine", "state", "profile"],
        ],
        ["GET", "/agents", { agent }, [...scopes]],
        ...(["PUT", "POST", "GET", "HEAD", "DELETE"] as const).flatMap(
          (method): [string, string, Record<string, string>, Scope[]][] => [
            [method, "/activities/state", { activityId, agent, stateId: "s" }, ["state"]],
            [method, "/activities/profile", { activityId, profileId: "p" }, ["profile"]],
            [method, "/agents/profile", { agent, profileId: "p" }, ["profile"]],
          ],
        ),
        ["GET", "/activities/state", { activityId, agent }, ["state"]],
        ["DELETE", "/activities/state", { activityId, agent }, ["state"]],
      ];
      for (const scope of scopes) {
        const one = await server.client(scope);
        for (const [method, path, query, allowed] of requests) {
          const statement = aReceivedStatement();
          const reply = await one.send(method, path, {
            query: "statementId" in query ? { statementId: statement.id } : query,
            ...(method === "POST" || method === "PUT"
              ? { body: path === "/statements" ? statement : { a: 1 } }
              : {}),
            headers: method === "PUT" && path.endsWith("profile") ? { "if-none-match": "*" } : {},
          });
          const may = scope === "all" || allowed.includes(scope);
          const place = `${scope} ${method} ${path} ${reply.text}`;
          if (may) expect([200, 204], place).toContain(reply.status);
          else expect(reply.status, place).toBe(403);
          if (!may && method !== "HEAD") expect(reply.text).toMatch(/scope|lacks/);
        }
      }
    });

    it("§4 who reads only its own finds no statement of others, by any way", async () => {
      const [mine, other] = [await server.client("statements/write", "statements/read/mine"), client];
      const activity = anActivity();
      const [own, foreign] = [
        aReceivedStatement({ object: { id: activity } }),
        aReceivedStatement({ object: { id: activity } }),
      ];
      await mine.store(own);
      await other.store(foreign);
      const ownReference = aReference(foreign.id);
      const foreignReference = aReference(own.id);
      await mine.store(ownReference);
      await other.store(foreignReference);
      const visible = [own.id, ownReference.id].toSorted();
      expect((await mine.ids()).toSorted()).toEqual(visible);
      expect((await mine.ids({ ascending: "true", limit: "1" })).toSorted()).toEqual(visible);
      expect((await mine.ids({ activity })).toSorted()).toEqual(visible);
      expect(await mine.ids({ agent: JSON.stringify(foreign["actor"]) })).toEqual([ownReference.id]);
      expect(
        await mine.ids({ agent: JSON.stringify(foreign["actor"]), related_agents: "true", activity }),
      ).toEqual([ownReference.id]);
      expect(await mine.statement(foreign.id)).toBeNull();
      expect(await mine.statement(foreign.id, "voidedStatementId")).toBeNull();
      expect((await mine.statement(own.id))?.id).toBe(own.id);
    });

    it("§4 a revoked credential and a secret that was replaced are refused at once", async () => {
      const { db } = database;
      const [revoked, rotated] = [await server.client("all"), await server.client("all")];
      for (const one of [revoked, rotated])
        expect((await one.get("/statements", { limit: "1" })).status).toBe(200);
      await revokeCredential(db, system, revoked.credentialId, new Date());
      const issued = await rotateCredential(db, system, rotated.credentialId, new Date(), (size) =>
        randomBytes(size),
      );
      for (const one of [revoked, rotated])
        expect((await one.get("/statements", { limit: "1" })).status).toBe(401);
      const secret = issued?.ok ? issued.secret : "";
      const authorization = `Basic ${Buffer.from(`${rotated.key}:${secret}`).toString("base64")}`;
      expect((await rotated.get("/statements", { limit: "1" }, { headers: { authorization } })).status).toBe(
        200,
      );
    });

    it.each(["[]", "null", "1", '"x"', "{", "", "{} {}"])(
      "§2.2 a merge of %j as JSON is 400 and changes nothing",
      async (body) => {
        const query = { activityId: anActivity(), agent: JSON.stringify(anActor()), stateId: "s" };
        expect((await client.send("POST", "/activities/state", { query, body })).status).toBe(400);
        expect((await client.get("/activities/state", query)).status).toBe(404);
        await client.send("PUT", "/activities/state", { query, body: '{"a":1.0}' });
        expect((await client.send("POST", "/activities/state", { query, body })).status).toBe(400);
        expect((await client.get("/activities/state", query)).text).toBe('{"a":1.0}');
      },
    );

    it("§2.2 documents of any type come back to the byte, with their type, ETag and time", async () => {
      for (const [type, content] of [
        ["application/octet-stream", randomBytes(10_000)],
        ["text/plain; charset=iso-8859-1", Buffer.from([0xe9, 0, 0xff])],
        ["application/json", Buffer.from(' {"a" : 1.0, "b":"\\u0000"} ')],
        ["application/json", Buffer.from("[1e400]")],
        ["text/html", Buffer.from("<script>alert(1)</script>")],
        ["image/png", Buffer.alloc(0)],
      ] as const) {
        const query = { activityId: anActivity(), profileId: `p ${randomUUID()} \u0000 é/?#` };
        const put = await client.send("PUT", "/activities/profile", {
          query,
          body: content,
          headers: { "content-type": type, "if-none-match": "*" },
        });
        expect([put.status, put.text]).toEqual([204, ""]);
        const got = await client.get("/activities/profile", query);
        expect([got.status, got.headers["content-type"], got.bytes.equals(content)]).toEqual([
          200,
          type,
          true,
        ]);
        expect(got.headers.etag).toMatch(/^"[0-9a-f]{40}"$/);
        expect(Date.parse(String(got.headers["last-modified"]))).not.toBeNaN();
        const again = await client.get("/activities/profile", query, {
          headers: { "if-none-match": String(got.headers.etag) },
        });
        expect([again.status, again.text]).toEqual([304, ""]);
        expect((await client.get("/activities/profile", { activityId: query.activityId })).json).toEqual([
          query.profileId,
        ]);
      }
    });

    it("§2.2 a merge keeps what it does not name, to the byte, also __proto__", async () => {
      const query = { agent: JSON.stringify(anActor()), profileId: "p" };
      const post = async (body: string) =>
        (await client.send("POST", "/agents/profile", { query, body })).status;
      expect(await post('{"n":1.0,"big":12345678901234567890,"__proto__":{"x":1}}')).toBe(204);
      expect(await post('{"constructor":null,"n":{"deep":[1,2.50]}}')).toBe(204);
      expect((await client.get("/agents/profile", query)).text).toBe(
        '{"n":{"deep":[1,2.50]},"big":12345678901234567890,"__proto__":{"x":1},"constructor":null}',
      );
    });

    it("§2.3 with a registration or without are different documents, and since is exclusive", async () => {
      const base = { activityId: anActivity(), agent: JSON.stringify(anActor()) };
      const registration = randomUUID();
      for (const [stateId, extra] of [
        ["a", {}],
        ["b", { registration }],
        ["c", { registration: randomUUID() }],
      ] as const)
        expect(
          (
            await client.send("PUT", "/activities/state", {
              query: { ...base, stateId, ...extra },
              body: { stateId },
            })
          ).status,
        ).toBe(204);
      expect((await client.get("/activities/state", { ...base, stateId: "b" })).status).toBe(404);
      expect(
        (
          await client.get("/activities/state", {
            ...base,
            stateId: "b",
            registration: registration.toUpperCase(),
          })
        ).status,
      ).toBe(200);
      expect((await client.get("/activities/state", { ...base, registration })).json).toEqual(["b"]);
      expect(
        (await client.get("/activities/state", { ...base, since: "2020-01-01T00:00:00Z", registration }))
          .json,
      ).toEqual(["b"]);
      expect(
        (await client.get("/activities/state", { ...base, since: "9999-01-01T00:00:00Z" })).json,
      ).toEqual([]);
      for (const since of ["x", "", "2026-02-30T00:00:00Z"])
        expect((await client.get("/activities/state", { ...base, since })).status).toBe(400);
      expect(
        (await client.send("DELETE", "/activities/state", { query: { ...base, registration } })).status,
      ).toBe(204);
      expect((await client.get("/activities/state", base)).json).toEqual(["a", "c"]);
    });

    it.each<[string, string, Record<string, string>]>([
      ["GET", "/activities/state", { agent: "{}" }],
      ["GET", "/activities/state", { activityId: "https://x.org/a", agent: "{" }],
      ["GET", "/activities/state", { activityId: "https://x.org/a", agent: '{"mbox":"x"}' }],
      ["GET", "/activities/state", { activityId: "a", agent: '{"mbox":"mailto:a@b.c"}' }],
      ["PUT", "/activities/state", { activityId: "https://x.org/a", agent: '{"mbox":"mailto:a@b.c"}' }],
      [
        "GET",
        "/activities/state",
        { activityId: "https://x.org/a", agent: '{"mbox":"mailto:a@b.c"}', registration: "x" },
      ],
      [
        "GET",
        "/activities/state",
        { activityId: "https://x.org/a", agent: '{"mbox":"mailto:a@b.c"}', stateid: "x" },
      ],
      [
        "GET",
        "/activities/state",
        {
          activityId: "https://x.org/a",
          agent: '{"mbox":"mailto:a@b.c"}',
          stateId: "x",
          since: "2026-01-01T00:00:00Z",
        },
      ],
      ["DELETE", "/activities/profile", { activityId: "https://x.org/a" }],
      ["GET", "/activities/profile", {}],
      ["GET", "/agents/profile", { agent: '{"objectType":"Group","member":[]}' }],
      ["POST", "/agents/profile", { agent: '{"mbox":"mailto:a@b.c"}' }],
      ["GET", "/agents", {}],
      ["GET", "/agents", { agent: '{"name":"x"}' }],
      ["GET", "/activities", {}],
      ["GET", "/activities", { activityId: "x" }],
      ["GET", "/activities", { activityId: "https://x.org/a", agent: "{}" }],
      ["GET", "/about", { x: "1" }],
    ])("§3.2 refuses %s %s of %j with 400", async (method, path, query) => {
      const reply = await client.send(method, path, {
        query,
        ...(method === "GET" ? {} : { body: { a: 1 } }),
      });
      expect(reply.status).toBe(400);
      expect((reply.json as { message: string }).message).toMatch(/parameter|x/);
    });

    it.each(["PUT", "POST", "GET", "DELETE"])("§1.3 the alternate syntax stands for %s", async (method) => {
      const query = { activityId: anActivity(), agent: JSON.stringify(anActor()), stateId: "a+b c&d=é" };
      if (method !== "PUT") await client.send("PUT", "/activities/state", { query, body: '{"x":1}' });
      const form = new URLSearchParams({
        ...query,
        Authorization: client.authorization,
        "X-Experience-API-Version": "1.0.3",
        ...(method === "PUT" || method === "POST"
          ? { content: '{"n":1.0,"t":"a+b %"}', "Content-Type": "application/json" }
          : {}),
      });
      const reply = await client.send("POST", `/activities/state?method=${method}`, {
        body: form.toString(),
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          authorization: "",
          "x-experience-api-version": "",
        },
      });
      expect(reply.status, reply.text).toBe(method === "GET" ? 200 : 204);
      const after = await client.get("/activities/state", query);
      expect(after.status).toBe(method === "DELETE" ? 404 : 200);
      if (method === "PUT") expect(after.text).toBe('{"n":1.0,"t":"a+b %"}');
    });

    it.each(["PATCH", "", "get post", "__proto__"])(
      "§1.3 the alternate syntax refuses the method %j",
      async (method) => {
        const reply = await client.send("POST", `/statements?method=${encodeURIComponent(method)}`, {
          body: "",
        });
        expect(reply.status).toBe(400);
      },
    );

    it("§2.4 a person has the names of statements that stand about it itself", async () => {
      const actor = anActor();
      await client.store(
        aReceivedStatement({ actor: { ...actor, name: "One" } }),
        aReceivedStatement({ actor: { ...actor, name: "Two\u0000" } }),
        aReceivedStatement({ object: { objectType: "Agent", ...actor, name: "Three" } }),
      );
      const person = (await client.get("/agents", { agent: JSON.stringify(actor) })).json as {
        name: string[];
        mbox: string[];
      };
      expect(person.name.toSorted()).toEqual(["One", "Three", "Two\u0000"]);
      expect(person.mbox).toEqual([actor.mbox]);
    });
  },
);
