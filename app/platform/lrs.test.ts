import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import { aStatement } from "#test/factories.ts";
import { type FakeLrs, startLrs } from "#test/fakes/lrs.ts";
import { type LrsTarget, lrsSender } from "./lrs.ts";

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

const who = {
  homePage: "https://learn.example",
  pseudonym: randomUUID(),
  baseIri: "https://learn.example",
};
const some = (count: number) => Array.from({ length: count }, (_, position) => aStatement(who, { position }));

it("hands a batch over in one request, names and text in any script", async () => {
  const { lrs, target } = await anLrs();
  const batch = some(3);
  expect(await lrsSender([target])("central", batch)).toEqual({ ok: true });
  expect(lrs.statements).toEqual(batch);
  expect(lrs.requests).toBe(1);
});

it("takes the same batch again for delivered, and stores nothing twice", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const batch = some(2);
  lrs.mood = "forgetful";
  expect(await send("central", batch)).toMatchObject({ ok: false, kind: "unavailable" });
  lrs.mood = "well";
  expect(await send("central", batch)).toEqual({ ok: true });
  expect(lrs.statements).toEqual(batch);
});

it("looks at the LRS's copy before it gives up on a conflict", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const [mine] = some(1);
  if (!mine) throw new Error("no statement");
  lrs.statements.push({ ...mine });
  lrs.mood = "strict";
  expect(await send("central", [mine])).toEqual({ ok: true });
  lrs.statements[0] = { ...mine, verb: { id: "http://adlnet.gov/expapi/verbs/failed" } };
  expect(await send("central", [mine])).toEqual({
    ok: false,
    kind: "refused",
    error: `The LRS holds another statement under the id ${mine.id}.`,
  });
});

it("refuses a poisoned batch as a whole, so that the outbox sends one by one", async () => {
  const { lrs, target } = await anLrs();
  const send = lrsSender([target]);
  const [good, poison] = some(2);
  if (!good || !poison) throw new Error("no statements");
  const broken = { ...poison, object: null } as unknown as typeof poison;
  expect(await send("central", [good, broken])).toMatchObject({ kind: "refused", error: /400/ });
  expect(lrs.statements).toEqual([]);
  expect(await send("central", [good])).toEqual({ ok: true });
  expect(await send("central", [broken])).toMatchObject({ kind: "refused" });
});

it("waits for a mend when the key is wrong, and tells no key", async () => {
  const { target } = await anLrs();
  const sent = await lrsSender([{ ...target, secret: "wrong-secret" }])("central", some(1));
  expect(sent).toEqual({ ok: false, kind: "unavailable", error: "The LRS answered 401." });
});

it("gives up waiting for an answer", async () => {
  const { lrs, target } = await anLrs();
  lrs.mood = "silent";
  expect(await lrsSender([target], 50)("central", some(1))).toEqual({
    ok: false,
    kind: "unavailable",
    error: "The LRS did not answer in time.",
  });
});

it("keeps to the pause an LRS asks for", async () => {
  const target = await aServer((_request, response) => {
    response.writeHead(429, { "Retry-After": "120" }).end();
  });
  expect(await lrsSender([target])("central", some(1))).toEqual({
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
  expect(await lrsSender([page])("central", some(1))).toMatchObject({
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
  expect(await lrsSender([moved])("central", some(1))).toMatchObject({ kind: "unavailable", error: /307/ });
  expect(followed).toBe(0);
});

it("says that nothing answers, and that a target is not configured", async () => {
  const { lrs, target } = await anLrs();
  await lrs.close();
  closers.length = 0;
  expect(await lrsSender([target])("central", some(1))).toMatchObject({
    kind: "unavailable",
    error: "The LRS cannot be reached (ECONNREFUSED).",
  });
  expect(await lrsSender([])("central", some(1))).toMatchObject({ kind: "unavailable" });
});
