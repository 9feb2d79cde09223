import type { ServerBuild } from "@remix-run/node";
import { eq } from "drizzle-orm";
import { readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { attempt } from "#db/schema/learning.ts";
import { keyTexts } from "#app/domain/assistant/disclosure.ts";
import { startAssessment, startMeasure } from "#app/domain/competence/sitting.server.ts";
import { signPolicyFor } from "#app/domain/competence/policy-signing.server.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { item as itemShape, type Item } from "#app/domain/content/item.ts";
import { checkItemsIn } from "#app/domain/content/policy-check.ts";
import { attemptFor, saveAnswer } from "#app/domain/learning/attempt.server.ts";
import { publishChecks } from "#app/domain/policies/check.server.ts";
import { policyToSign } from "#app/domain/policies/signing.server.ts";
import { publishRules } from "#app/domain/risk/rule-set.server.ts";
import { guardRoutes } from "#app/http/errors.server.ts";
import { createServer } from "#app/http/express.server.ts";
import { log } from "#app/platform/log.ts";
import {
  aCheck,
  aCourse,
  aModule,
  anyAnswer,
  checkAnswers,
  aRequirement,
  itemsOfEveryType,
  openItems,
  takeAllLessons,
} from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { sampleRules } from "#test/sample.ts";
import { cookieFor, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { unzip } from "#test/unzip.ts";
import { loadContent } from "../scripts/content.ts";

const now = new Date("2026-11-24T09:00:00Z");
const requirement = aRequirement.slug;
const mark = "KEY-7c1f";
const telling = new Set(["feedback", "wrong", "debrief", "consequence", "accepted", "true", "false"]);

/** An item whose every text that tells the key, or what is revealed with it, can be found again. */
function marked(item: Item): Item {
  const own = `${mark}:${item.id}:`;
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return telling.has(key) ? `${own} ${value}` : value;
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
  };
  return itemShape.parse(walk(item, ""));
}

/** Two forms of it: what one asks, the other does not. */
const bank = ["one", "two", "three", "four"]
  .flatMap((suffix) => [...itemsOfEveryType(suffix), ...openItems(suffix)])
  .map((one) => marked(one));
const base = aModule();
const module = aModule({
  items: bank,
  lessons: base.lessons.map((lesson) => ({
    ...lesson,
    parts: lesson.parts.map((part) =>
      part.kind === "question" ? { ...part, item: marked(part.item) } : part,
    ),
  })),
  assessment: { ...base.assessment, blueprint: [{ objective: "o1", items: bank.length / 2 }] },
});

const check = aCheck();
/** The check of the policy, marked in the same way. */
const markedCheck = {
  ...check,
  body: {
    ...check.body,
    items: check.body.items.map((one) => ({
      ...one,
      options: one.options.map((option) => ({ ...option, feedback: `${mark} ${option.feedback}` })),
    })),
  },
};

async function built(): Promise<ServerBuild> {
  return (await import(pathToFileURL(join(process.cwd(), "build/server/index.js")).href)) as ServerBuild;
}

/** Every address of the product with these values in its places, as a page and as the data of one. */
function addressesOf(build: ServerBuild, values: Record<string, string>): string[] {
  const paths = Object.values(build.routes).flatMap((route) => {
    if (!route) return [];
    const parts: string[] = [];
    for (
      let one: typeof route | undefined = route;
      one;
      one = one.parentId ? build.routes[one.parentId] : undefined
    )
      if (one.path) parts.unshift(one.path);
    return [`/${parts.join("/")}`.replaceAll(/:(\w+)\??/g, (_, name: string) => values[name] ?? "none")];
  });
  return [...new Set(paths)]
    .filter((path) => !path.includes("*") && !path.startsWith("/sign-out"))
    .flatMap((path) => [path, path === "/" ? "/_root.data" : `${path}.data`]);
}

async function serving<T>(db: Db, use: (url: string, build: ServerBuild) => Promise<T>): Promise<T> {
  const build = await built();
  const app = createServer({
    build: guardRoutes(build, log),
    services: services(db, now),
    log,
    trustProxy: false,
    signInsPerMinute: 3,
  });
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, "127.0.0.1", () => resolve(listening));
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, build);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const revealing = (text: string): boolean =>
  text.includes(mark) || /\\?"correct\\?"/.test(text) || /\\?"accepted\\?"/.test(text);

onBothEngines("before an attempt is submitted", (database) => {
  it(
    "no answer of the product holds a key or what is revealed with it",
    () =>
      database.rolledBack(async (tx) => {
        await anOrganisation(tx);
        await aPerson(tx, { id: "p-mila", name: "Mila Janssen" });
        await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"], audiences: [] });
        await aPerson(tx, { id: "p-ravi", roles: ["employee", "reviewer"], audiences: [] });
        await aCourse(tx, now, module);
        await publishChecks(tx, [markedCheck], now);
        await publishRules(tx, sampleRules(), now);
        const [mila] = [actorFor({ id: "p-mila", name: "Mila Janssen", roles: ["employee"] } as never)];
        const context = services(tx, now);

        await serving(tx, async (url, build) => {
          const seen: string[] = [];
          const scan = async (attemptId: string, extra: string[] = []): Promise<void> => {
            const values = {
              requirement,
              attemptId,
              lesson: module.lessons[0]?.id ?? "",
              personId: "p-mila",
              slug: "ai-policy",
            };
            for (const as of ["p-mila", "p-august", "p-ravi"]) {
              const cookie = await cookieFor(context, as);
              // Others have the same loaders; the data of a page is what its HTML is made of.
              const all = addressesOf(build, values).filter(
                (path) => as === "p-mila" || path.endsWith(".data"),
              );
              for (const path of [...all, ...extra]) {
                const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: "manual" });
                const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
                if (response.status === 200) seen.push(path);
                expect([as, path, revealing(text)]).toEqual([as, path, false]);
              }
            }
          };
          const pre = await startMeasure(tx, mila, { requirement, kind: "pretest", seed: 1 }, now);
          if (!pre?.ok) throw new Error("the pre-test was not begun");
          const items = (await attemptFor(tx, mila, pre.attemptId, now))?.items ?? [];
          for (const { item, position } of items) {
            // What a decision led to is told at once; the scan is about what is not.
            if (item.type === "branching") continue;
            const answer = { attemptId: pre.attemptId, position, given: anyAnswer(item), revision: 0 };
            expect(await saveAnswer(tx, mila, answer, now)).toMatchObject({ ok: true });
          }
          await scan(
            pre.attemptId,
            items.flatMap((_, i) => [
              `/attempts/${pre.attemptId}?q=${i + 1}`,
              `/attempts/${pre.attemptId}.data?q=${i + 1}`,
            ]),
          );
          expect(seen).toContain(`/attempts/${pre.attemptId}`);
          expect(seen).toContain(`/learn/${requirement}/lessons/${module.lessons[0]?.id}`);
          expect(seen).toContain(`/learn/${requirement}/print`);
          expect(seen).toContain("/policies/ai-policy/acknowledge");

          await submitAssessment(tx, mila, { attemptId: pre.attemptId }, now);
          const cookie = await cookieFor(context, "p-mila");
          const result = await fetch(`${url}/attempts/${pre.attemptId}/result`, { headers: { cookie } });
          expect(revealing(await result.text())).toBe(true);
        });

        await takeAllLessons(tx, mila, module, now);
        const toSign = await policyToSign(tx, mila, "ai-policy", now, "en");
        const given = checkAnswers(toSign?.check?.items ?? [], true);
        const read = { slug: "ai-policy", versionId: toSign?.policy.id ?? "", given, confirmed: true };
        expect(await signPolicyFor(tx, mila, { ...read, requirement }, now, "en")).toEqual({ ok: true });
        const begun = await startAssessment(tx, mila, { requirement, seed: 2 }, now);
        if (!begun?.ok) throw new Error("the assessment was not begun");
        const { attemptId } = begun;
        const asked = (await attemptFor(tx, mila, attemptId, now))?.items ?? [];
        expect(JSON.stringify(asked)).not.toContain(mark);
        const [form] = await tx.select().from(attempt).where(eq(attempt.id, attemptId));
        const open = form?.form.items.map(({ item }) => `${mark}:${item}:`) ?? [];
        expect(open).toHaveLength(bank.length / 2);

        // The pre-test is submitted, so its keys may be told; those of the attempt that is open may not.
        await serving(tx, async (url, build) => {
          const cookie = await cookieFor(context, "p-mila");
          const told: string[] = [];
          const look = (where: string, text: string): void => {
            expect([where, open.filter((one) => text.includes(one))]).toEqual([where, []]);
            if (text.includes(mark)) told.push(where);
          };
          for (const { item, position } of asked) {
            if (item.type === "branching") continue;
            const body = new URLSearchParams({
              position: String(position),
              revision: "0",
              given: JSON.stringify(anyAnswer(item)),
              confidence: "certain",
            });
            for (const revision of ["0", "1", "7"]) {
              body.set("revision", revision);
              if (revision === "7") body.set("given", JSON.stringify(["c2"]));
              const headers = { cookie, origin: url };
              const saved = await fetch(`${url}/attempts/${attemptId}/answers`, {
                method: "POST",
                headers,
                body,
              });
              if (revision === "0") expect([item.type, saved.status]).toEqual([item.type, 200]);
              look(`saving ${item.type} ${revision} ${saved.status}`, await saved.text());
            }
          }
          const lesson = module.lessons[0]?.id ?? "";
          const values = { requirement, attemptId, lesson, personId: "p-mila", slug: "ai-policy" };
          const rows = asked.map((_, i) => `/attempts/${attemptId}.data?q=${i + 1}`);
          for (const path of [...addressesOf(build, values), ...rows]) {
            const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: "manual" });
            const bytes = Buffer.from(await response.arrayBuffer());
            const texts =
              path.endsWith(".zip") && response.status === 200 ? unzip(bytes) : { "": bytes.toString() };
            for (const [name, text] of Object.entries(texts)) look(`${path} ${name}`, text);
          }
          // What was seen shows that the scan would see more.
          expect(told.some((one) => one.startsWith("/privacy/export.zip"))).toBe(true);
          const unsent = await fetch(`${url}/attempts/${attemptId}/result`, { headers: { cookie } });
          expect(unsent.status).toBe(404);
        });
      }),
    360_000,
  );
});

it("the browser's files hold no key of the sample content", () => {
  const folder = "build/client/assets";
  const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
  expect(files.length).toBeGreaterThan(20);
  const all = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const { modules, checks } = loadContent("content");
  const keys = [...modules, ...checks.map((one) => checkItemsIn(one, "en"))]
    .flatMap((one): Item[] => one.items)
    .flatMap(keyTexts)
    .filter((text) => text.length >= 25);
  expect(keys.length).toBeGreaterThan(500);
  expect(
    keys.filter((text) => all.includes(text) || all.includes(JSON.stringify(text).slice(1, -1))),
  ).toEqual([]);
});
