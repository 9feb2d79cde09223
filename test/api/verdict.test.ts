import { eq } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiKey, question } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { statement } from "#db/schema/lrs.ts";
import { person } from "#db/schema/people.ts";
import { secretOf } from "#app/domain/assistant/api-key.ts";
import { revokeKey } from "#app/domain/assistant/api-key.server.ts";
import { reply } from "#app/domain/assistant/inquiry.ts";
import { askLimit } from "#app/http/ask-limit.server.ts";
import { modelFrom } from "#app/platform/model.ts";
import { type ApiServer, startApi } from "#test/api-server.ts";
import { onBothEngines } from "#test/database.ts";
import { type FakeModel, startModel } from "#test/fakes/model.ts";
import { samplePerson } from "#test/sample.ts";

const path = "/api/verdict";
const memo = { text: "May I use Quillmate to summarise an internal memo?" };

onBothEngines("the verdict over HTTP", (database) => {
  let api: ApiServer;
  let secret = "";
  beforeAll(async () => {
    api = await startApi(database);
    ({ secret } = await api.key());
  });
  afterAll(() => api.close());
  const problem = (status: number, detail: RegExp) => ({
    status,
    headers: { "content-type": expect.stringMatching(/^application\/problem\+json/) as string },
    json: {
      type: "about:blank",
      title: expect.any(String) as string,
      status,
      detail: expect.stringMatching(detail) as string,
    },
  });

  it("tells what the rules decide, on what clauses it rests, and where to ask in the browser", async () => {
    const answered = await api.post(path, secret, memo);
    expect(answered.status).toBe(200);
    const told = reply.strict().parse(answered.json);
    expect(told).toMatchObject({
      outcome: "cleared",
      flagged: false,
      level: "minimal",
      area: null,
      signals: [],
      askBack: [],
      masked: [],
      url: "http://learn.example/ask?text=May+I+use+Quillmate+to+summarise+an+internal+memo%3F",
    });
    expect(told.conditions.length).toBeGreaterThan(0);
    for (const condition of told.conditions) expect(told.verdict).toContain(condition);
    expect(told.citations).toContainEqual(
      expect.objectContaining({ policy: "acceptable-use-policy", version: "2.0", clause: "2.2" }),
    );
    expect(answered.headers).toMatchObject({
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    expect(answered.headers).not.toHaveProperty("set-cookie");
    expect(answered.headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("asks back with choices, and decides with what was said before", async () => {
    const first = reply.parse((await api.post(path, secret, { text: "May I use Quillmate?" })).json);
    expect(first.outcome).toBe("asked_back");
    expect(first.askBack.length).toBeGreaterThan(0);
    expect(first.askBack[0]?.choices.length).toBeGreaterThan(1);
    const then = {
      text: "To summarise an internal memo.",
      earlier: ["May I use Quillmate?"],
      language: "en",
    };
    expect((await api.post(path, secret, then)).json).toMatchObject({ outcome: "cleared" });
  });

  it("never offers an approval for what is prohibited, and says of no case that it was opened", async () => {
    const emotions = { text: "Could AI tell me from their voices how stressed my team is in calls?" };
    const told = reply.parse((await api.post(path, secret, emotions)).json);
    expect(told).toMatchObject({
      outcome: "not_allowed",
      flagged: true,
      level: "prohibited",
      area: "art5(1)(f)",
    });
    expect(told.verdict).toContain("nobody can approve it");
    const ranking = { text: "May Hirelens rank the applicants for the sensor technician post?" };
    const flagged = reply.parse((await api.post(path, secret, ranking)).json);
    expect(flagged.outcome).toBe("flagged");
    expect(flagged.verdict).not.toContain("opened");
  });

  it("masks before anything else, in the address too, and stores nothing of a question", async () => {
    const counts = () =>
      Promise.all([question, statement, reviewCase, auditEvent].map((table) => database.db.$count(table)));
    const before = await counts();
    const text = "May I send anna.berg@aldermoor.example and +49 30 1234567 to Quillmate?";
    const told = reply.parse((await api.post(path, secret, { text })).json);
    expect(told.masked.map((m) => m.marker)).toEqual(["[e-mail address]", "[phone number]"]);
    expect(JSON.stringify(told)).not.toMatch(/anna|1234567/);
    expect(new URL(told.url).searchParams.get("text")).toBe(
      "May I send [e-mail address] and [phone number] to Quillmate?",
    );
    await api.post(path, secret, { text: "May Hirelens rank the applicants for the technician post?" });
    expect(await counts()).toEqual(before);
    expect(before[0]).toBe(0);
  });

  it("answers in the language of the conversation, or in the one that is asked for", async () => {
    const german = { text: "Darf ich mit Parlance eine öffentliche Broschüre übersetzen?" };
    const told = async (body: object) => reply.parse((await api.post(path, secret, body)).json);
    expect(await told(german)).toMatchObject({
      outcome: "cleared",
      language: "de",
      verdict: expect.stringMatching(
        /^Ja, wenn Sie die Bedingungen unten einhalten\. Parlance ist /,
      ) as string,
    });
    expect(await told({ ...german, language: "fr" })).toMatchObject({
      language: "fr",
      verdict: expect.stringMatching(/^Oui, si vous respectez les conditions/) as string,
    });
    const asked = await told({ text: "¿Puedo usar Quillmate?" });
    expect(asked.askBack[0]?.prompt).toBe("¿Para qué quiere usarla?");
    expect(asked.askBack[0]?.choices).toContain("Resumir");
    expect(await told({ text: "Quillmate", earlier: ["Darf ich einen Text zusammenfassen?"] })).toMatchObject(
      {
        language: "de",
      },
    );
  });

  it("takes a pasted document, and leaves it out of the address", async () => {
    const text = `May I use Quillmate to summarise this internal memo? ${"The pump was serviced on time. ".repeat(4000)}`;
    const told = reply.parse((await api.post(path, secret, { text })).json);
    expect(told.url).toBe("http://learn.example/ask");
  });

  it("judges for the groups of the key's person", async () => {
    const text = "May I use Quillmate to draft a reply to a customer, from the text of their e-mail?";
    const outcomeFor = async (who: string): Promise<string> =>
      reply.parse((await api.post(path, (await api.key(who)).secret, { text })).json).outcome;
    const groups = await database.db.select({ id: person.id, audiences: person.audiences }).from(person);
    const support = groups.find((p) => p.audiences.includes("customer-support"));
    const other = groups.find((p) => !p.audiences.includes("customer-support"));
    const [inside, outside] = [await outcomeFor(support?.id ?? ""), await outcomeFor(other?.id ?? "")];
    expect(inside).not.toBe(outside);
    expect(outside).not.toBe("cleared");
  });

  it("is closed without a key of ours that is in force", async () => {
    const refused = problem(401, /^Send a key of yours that is neither expired nor revoked/);
    const bare = await api.send("POST", path, { "content-type": "application/json" }, JSON.stringify(memo));
    expect(bare).toMatchObject(refused);
    expect(bare.headers["www-authenticate"]).toBe('Bearer realm="Clause7"');
    const foreign = [secretOf(randomBytes(32)), `lrs_${"0".repeat(40)}`, `${secret}x`, ""];
    for (const one of foreign) {
      const answered = await api.post(path, one, memo);
      expect(answered).toMatchObject(refused);
      expect(answered.headers["www-authenticate"]).toContain('error="invalid_token"');
    }
    const basic = { authorization: `Basic ${Buffer.from(`x:${secret}`).toString("base64")}` };
    expect(await api.post(path, secret, memo, basic)).toMatchObject(refused);
  });

  it("is closed to a key that was revoked, has expired, or whose person has left", async () => {
    const status = async (one: string) => (await api.post(path, one, memo)).status;
    const revoked = await api.key("p-mila", "30");
    expect(await status(revoked.secret)).toBe(200);
    await revokeKey(database.db, samplePerson("p-mila"), revoked.id, api.clock.now);
    expect(await status(revoked.secret)).toBe(401);

    const { secret: short } = await api.key("p-mila", "30");
    const started = api.clock.now;
    api.clock.now = new Date(started.getTime() + 30 * 86_400_000 - 1000);
    expect(await status(short)).toBe(200);
    api.clock.now = new Date(started.getTime() + 30 * 86_400_000);
    expect(await status(short)).toBe(401);
    api.clock.now = started;

    const { secret: left } = await api.key("p-lars");
    await database.db.update(person).set({ leftOn: "2026-11-24" }).where(eq(person.id, "p-lars"));
    expect(await status(left)).toBe(401);
  });

  it("is closed to a person who may not ask any more", async () => {
    const { secret: once } = await api.key("p-piotr");
    await database.db.update(person).set({ roles: [] }).where(eq(person.id, "p-piotr"));
    expect(await api.post(path, once, memo)).toMatchObject(problem(403, /may not ask/));
  });

  it("notes when a key was last used, to the minute", async () => {
    const { id, secret: fresh } = await api.key("p-mila");
    const started = api.clock.now;
    const usedAt = async () => {
      await api.post(path, fresh, memo);
      const [row] = await database.db.select().from(apiKey).where(eq(apiKey.id, id));
      return row?.lastUsedAt?.getTime();
    };
    expect(await usedAt()).toBe(started.getTime());
    api.clock.now = new Date(started.getTime() + 59_000);
    expect(await usedAt()).toBe(started.getTime());
    api.clock.now = new Date(started.getTime() + 60_000);
    expect(await usedAt()).toBe(started.getTime() + 60_000);
    api.clock.now = started;
  });

  it.each<[string, unknown, RegExp]>([
    ["no JSON", "May I?", /^The body is not JSON\.$/],
    ["a list", [memo], /^Send an object with the member text\.$/],
    ["no text", {}, /^Write text: the question, as a string\.$/],
    ["a blank text", { text: " \n" }, /^Write text: which tool/],
    ["a text of a book", { text: "x".repeat(150_001) }, /^The text is longer than 150000 characters/],
    ["an earlier text alone", { ...memo, earlier: "May I?" }, /^Write earlier as a list of strings\.$/],
    ["a language there is not", { ...memo, language: "tlh" }, /^Write language as one of en, /],
  ])("refuses %s", async (_what, body, detail) => {
    expect(await api.post(path, secret, body)).toMatchObject(problem(400, detail));
  });

  it("refuses what is too large, what is no JSON by its type, and other methods", async () => {
    const large = JSON.stringify({ text: "x".repeat(600_000) });
    expect(await api.post(path, secret, large)).toMatchObject(problem(413, /larger than 600000 bytes/));
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(await api.post(path, secret, "text=May I?", form)).toMatchObject(problem(415, /Content-Type/));
    const packed = { "content-encoding": "compress" };
    expect(await api.post(path, secret, memo, packed)).toMatchObject(problem(415, /uncompressed/));
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const answered = await api.send(method, path, { authorization: `Bearer ${secret}` });
      expect(answered).toMatchObject(problem(405, /with POST/));
      expect(answered.headers["allow"]).toBe("POST");
    }
  });

  it("leaves nothing unexplained", () => expect(api.faults).toEqual([]));
});

onBothEngines("the limits of the verdict over HTTP", (database) => {
  let api: ApiServer;
  let endpoint: FakeModel;
  beforeAll(async () => {
    endpoint = await startModel();
    endpoint.answer = "{}";
    const env = { MODEL_BASE_URL: endpoint.baseUrl, MODEL_API_KEY: "k", MODEL_NAME: "small" };
    api = await startApi(database, {
      askLimit: askLimit({ questions: 3, seconds: 300 }),
      model: modelFrom({ ...env, MODEL_TIMEOUT_MS: 2000 }),
      modelLimits: { calls: 1, characters: 400_000 },
    });
  });
  afterAll(async () => {
    await api.close();
    await endpoint.close();
  });

  it("count for a person, whichever key they ask with, and say when to go on", async () => {
    const [one, other] = [await api.key("p-ravi"), await api.key("p-ravi")];
    for (const { secret } of [one, other, one]) expect((await api.post(path, secret, memo)).status).toBe(200);
    const refused = await api.post(path, other.secret, memo);
    expect(refused).toMatchObject({
      status: 429,
      json: { detail: expect.stringMatching(/^You have asked 3 questions .* Ask again in /) as string },
    });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect((await api.post(path, (await api.key("p-dana")).secret, memo)).status).toBe(200);
  });

  it("leave the model alone once the person's share of the day is used up", async () => {
    const { secret } = await api.key("p-mila");
    const before = endpoint.requests.length;
    for (let i = 0; i < 2; i++) expect((await api.post(path, secret, memo)).status).toBe(200);
    expect(endpoint.requests).toHaveLength(before + 1);
  });
});
