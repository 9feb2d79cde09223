import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "#app/domain/audit/event.ts";
import type { Outgoing } from "#app/domain/evidence/forwarding.ts";
import { type FakeLrs, type LrsMood, startLrs } from "#test/fakes/lrs.ts";
import { aVoiding, aWildStatement, type Wild } from "#test/stored.ts";
import { type LrsTarget, lrsAsker, lrsSender } from "./lrs.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function anLrs(): Promise<{ lrs: FakeLrs; target: LrsTarget }> {
  const lrs = await startLrs();
  closers.push(() => lrs.close());
  const { endpoint, key, secret } = lrs;
  return { lrs, target: { name: "central", endpoint, key, secret } };
}

/** Something that answers HTTP and is no LRS. */
async function aServer(answer: RequestListener): Promise<LrsTarget> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/xapi`;
  return { name: "central", endpoint, key: "key", secret: "s3cret" };
}

const registration = randomUUID();
const some = (count: number) =>
  Array.from({ length: count }, () => aWildStatement({ context: { registration } }));

/** A statement as it goes out. */
function outgoing(statement: Wild, parts: Partial<Outgoing> = {}): Outgoing {
  const text = JSON.stringify(statement);
  return { id: statement.id, text, version: "1.0.3", attachments: [], ...parts };
}
const outgoings = (statements: Wild[]) => statements.map((one) => outgoing(one));

it("hands a batch over in one request, in the text it is stored in", async () => {
  const { lrs, target } = await anLrs();
  const odd = { id: randomUUID(), text: "" };
  odd.text = `{"id":"${odd.id}","actor":{"mbox":"mailto:Ł@x.example"},"verb":{"id":"x:v"},"object":{"id":"x:o"},"result":{"score":{"raw":1.0,"max":1e3}}}`;
  const [one] = some(1);
  if (!one) throw new Error("no statement");
  const batch = [outgoing(one), outgoing(one, odd)];
  expect(await lrsSender([target])("central", batch)).toEqual({ ok: true });
  expect(lrs.texts).toEqual([`[${JSON.stringify(one)},${odd.text}]`]);
  expect(lrs.statements.map((s) => s.id)).toEqual([one.id, odd.id]);
  expect(lrs.requests).toBe(1);
});

it("sends under the version of the statements", async () => {
  const { lrs, target } = await anLrs();
  const [old, young] = some(2);
  if (!old || !young) throw new Error("no statements");
  const send = lrsSender([{ ...target, endpoint: `${target.endpoint}/` }]);
  expect(await send("central", [outgoing(old)])).toEqual({ ok: true });
  expect(await send("central", [outgoing(young, { version: "2.0.0" })])).toEqual({ ok: true });
  expect(lrs.versions).toEqual(["1.0.3", "2.0.0"]);
});

it.each(["text/plain; charset=utf-8", "image/png\r\nX-Evil: yes", "Łódź"])(
  "sends the contents of attachments along, byte for byte (%j)",
  async (contentType) => {
    const { lrs, target } = await anLrs();
    const content = Buffer.from([0, 13, 10, 45, 45, 255, 13, 10, 13, 10, 128]);
    const sha2 = sha256(content);
    const statement = aWildStatement({ attachments: [{ sha2, contentType, length: content.length }] });
    const send = lrsSender([target]);
    expect(await send("central", [outgoing(statement)])).toMatchObject({ kind: "refused" });
    const attachments = [{ sha2, contentType, content }];
    expect(await send("central", [outgoing(statement, { attachments })])).toEqual({ ok: true });
    expect(lrs.statements).toEqual([statement]);
    expect(lrs.contents).toEqual(new Map([[sha2, content]]));
  },
);

it("takes the same batch again for delivered, and stores nothing twice", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const batch = some(2);
  lrs.mood = "forgetful";
  expect(await send("central", outgoings(batch))).toMatchObject({ ok: false, kind: "unavailable" });
  lrs.mood = "well";
  expect(await send("central", outgoings(batch))).toEqual({ ok: true });
  expect(lrs.statements).toEqual(batch);
});

it("looks at the LRS's copy before it gives up on a conflict", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const [mine] = some(1);
  if (!mine) throw new Error("no statement");
  lrs.statements.push({ ...mine });
  lrs.mood = "strict";
  expect(await send("central", [outgoing(mine)])).toEqual({ ok: true });
  lrs.statements.push(aVoiding(mine.id));
  expect(await send("central", [outgoing(mine)])).toEqual({ ok: true });
  lrs.statements[0] = { ...mine, verb: { id: "http://adlnet.gov/expapi/verbs/failed" } };
  expect(await send("central", [outgoing(mine)])).toEqual({
    ok: false,
    kind: "refused",
    error: `The LRS holds another statement under the id ${mine.id}.`,
  });
});

it("refuses a poisoned batch as a whole, so that the outbox sends one by one", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const [good, poison] = outgoings(some(2));
  if (!good || !poison) throw new Error("no statements");
  lrs.poison.add(poison.id);
  expect(await send("central", [good, poison])).toMatchObject({ kind: "refused", error: /400/ });
  expect(lrs.statements).toEqual([]);
  expect(await send("central", [good])).toEqual({ ok: true });
  expect(await send("central", [poison])).toMatchObject({ kind: "refused" });
});

describe("asked what it holds of a registration", () => {
  it("an LRS answers from all its pages, and tells what is voided there", async () => {
    const { lrs, target } = await anLrs();
    const [withdrawn, absent, ...held] = some(14);
    if (!withdrawn || !absent) throw new Error("no statements");
    lrs.statements.push(...held, withdrawn, aVoiding(withdrawn.id), aWildStatement());
    const asked = [...held, withdrawn, absent].map((one) => one.id);
    expect(await lrsAsker([target])("central", registration, asked)).toEqual({
      ok: true,
      held: {
        statements: held.map((one) => ({ ...one, stored: "2026-01-01T00:00:00Z" })),
        voided: [withdrawn.id],
      },
    });
  });

  it.each<[LrsMood, RegExp]>([
    ["down", /503/],
    ["silent", /in time/],
  ])("one that is %s gives no answer", async (mood, error) => {
    const { lrs, target } = await anLrs();
    lrs.mood = mood;
    expect(await lrsAsker([target], 50)("central", registration, [])).toMatchObject({ ok: false, error });
    expect(await lrsAsker([])("central", registration, [])).toMatchObject({ ok: false });
  });

  it.each(["{}", "[]", "<html>"])("what says %s is no LRS", async (text) => {
    const target = await aServer((_request, response) => response.end(text));
    expect(await lrsAsker([target])("central", registration, [])).toMatchObject({ ok: false });
  });

  it.each(["http://", "@"])("an LRS that leads elsewhere with %s is not followed", async (start) => {
    let followed = 0;
    const elsewhere = await aServer((_request, response) => {
      followed++;
      response.end();
    });
    const more = `${start}${new URL(elsewhere.endpoint).host}/more`;
    const target = await aServer((_request, response) =>
      response.end(JSON.stringify({ statements: [], more })),
    );
    expect(await lrsAsker([target])("central", registration, [])).toMatchObject({ ok: false });
    expect(followed).toBe(0);
  });
});

it("waits for a mend when the key is wrong, and tells no key", async () => {
  const { target } = await anLrs();
  const sent = await lrsSender([{ ...target, secret: "wrong-secret" }])("central", outgoings(some(1)));
  expect(sent).toEqual({ ok: false, kind: "unavailable", error: "The LRS answered 401." });
});

it("gives up waiting for an answer", async () => {
  const { lrs, target } = await anLrs();
  lrs.mood = "silent";
  expect(await lrsSender([target], 50)("central", outgoings(some(1)))).toEqual({
    ok: false,
    kind: "unavailable",
    error: "The LRS did not answer in time.",
  });
});

it("keeps to the pause an LRS asks for", async () => {
  const target = await aServer((_request, response) => {
    response.writeHead(429, { "Retry-After": "120" }).end();
  });
  expect(await lrsSender([target])("central", outgoings(some(1)))).toEqual({
    ok: false,
    kind: "unavailable",
    error: "The LRS answered 429.",
    retryAfter: 120,
  });
});

it("takes a web page for no LRS, and follows no redirect with its key", async () => {
  const page = await aServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Welcome</html>");
  });
  expect(await lrsSender([page])("central", outgoings(some(1)))).toMatchObject({
    kind: "unavailable",
    error: "What answers there is not an LRS.",
  });
  let followed = 0;
  const elsewhere = await aServer((_request, response) => {
    followed++;
    response.end("[]");
  });
  const moved = await aServer((_request, response) => {
    response.writeHead(307, { Location: `${elsewhere.endpoint}/statements` }).end();
  });
  expect(await lrsSender([moved])("central", outgoings(some(1)))).toMatchObject({
    kind: "unavailable",
    error: /307/,
  });
  expect(followed).toBe(0);
});

it("says that nothing answers, and that a target is not configured", async () => {
  const { lrs, target } = await anLrs();
  await lrs.close();
  closers.length = 0;
  expect(await lrsSender([target])("central", outgoings(some(1)))).toMatchObject({
    kind: "unavailable",
    error: "The LRS cannot be reached (ECONNREFUSED).",
  });
  expect(await lrsSender([])("central", outgoings(some(1)))).toMatchObject({ kind: "unavailable" });
});
