import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { draftFor, seenAs } from "#app/domain/content/draft.server.ts";
import { newestModule } from "#app/domain/content/publish.server.ts";
import { textAt } from "#app/domain/content/outline.ts";
import { editable, sectionsOf } from "#app/domain/content/section.ts";
import { action as listAction, loader as listLoader } from "#app/routes/_app.author._index/route.tsx";
import {
  action as draftAction,
  loader as draftLoader,
} from "#app/routes/_app.author.$draftId._index/route.tsx";
import {
  action as editAction,
  loader as editLoader,
} from "#app/routes/_app.author.$draftId.edit.$file.$part/route.tsx";
import { loader as previewLoader } from "#app/routes/_app.author.$draftId.preview/route.tsx";
import {
  action as reviewAction,
  loader as reviewLoader,
} from "#app/routes/_app.author.$draftId.review/route.tsx";
import { action as newAction, loader as newLoader } from "#app/routes/_app.author.new/route.tsx";
import { loader as exportLoader } from "#app/routes/_app.author.$draftId_.export[.]zip.ts";
import { action as saveAction } from "#app/routes/_app.author.$draftId_.save.$file.$part.ts";
import { anAuthorsWorld, authoredModule, authoredSlug, authoredSource } from "#test/authoring.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { unzip } from "#test/unzip.ts";

const now = new Date("2026-11-24T09:00:00Z");
const noor = "p-noor";
type Page<L extends (...args: never[]) => unknown> = Awaited<ReturnType<L>>;

async function aWorld(db: Db) {
  await anAuthorsWorld(db, now);
  const context = services(db, now);
  const { location } = await send(listAction, context, "/author", { slug: authoredSlug }, { as: noor });
  const draftId = location?.split("/").at(-1) ?? "";
  const visit = (as: string, more: Record<string, string> = {}) => ({ as, params: { draftId, ...more } });
  const revision = async () =>
    String((await draftFor(db, { id: "", name: "", roles: ["admin"] }, draftId))?.revision);
  return { db, context, draftId, path: `/author/${draftId}`, visit, revision };
}

const place = { file: "module.md", part: "1" };
const section = sectionsOf("module.md", authoredSource["module.md"] ?? "")[1];
const before = section ? editable(section) : "";
const seen = seenAs(textAt(authoredSource, { file: "module.md", part: 1 }) ?? "");
const story = "> **Story.**";
const edited = { as: "text", seen, text: before.replace(story, `Ask a second time.\r\n\r\n${story}`) };
const declaration = { change: "material", version: "2.0.0", changeNote: "Asks a second time." };

onBothEngines("the authoring pages", (database) => {
  it("are for authors, HR and administrators; auditors read them without keys, nobody else at all", () =>
    database.rolledBack(async (tx) => {
      const { context, path, visit } = await aWorld(tx);
      for (const as of [noor, "p-ines", "p-sofia", "p-august"])
        expect((await open(listLoader, context, "/author", { as })).status).toBe(200);
      const doors = [listLoader, draftLoader, previewLoader, reviewLoader, exportLoader] as const;
      for (const door of doors) expect((await open(door, context, path, visit("p-mila"))).status).toBe(403);
      expect((await open(editLoader, context, path, visit("p-mila", place))).status).toBe(403);

      const auditor = visit("p-august");
      expect((await open(editLoader, context, path, visit("p-august", place))).status).toBe(403);
      expect((await open(exportLoader, context, path, auditor)).status).toBe(403);
      expect((await send(editAction, context, path, edited, visit("p-august", place))).status).toBe(403);
      expect(
        (await send(draftAction, context, path, { intent: "withdraw", revision: "1" }, auditor)).status,
      ).toBe(403);
      const review = await open<Page<typeof reviewLoader>>(reviewLoader, context, path, auditor);
      expect(review).toMatchObject({ status: 200, body: { changes: null, decide: null } });
      const item = authoredModule.items[0]?.id ?? "";
      const key = `${path}/preview?show=item:${item}&key=${item}`;
      expect((await open(previewLoader, context, key, auditor)).body).toMatchObject({
        preview: { question: { key: null } },
      });
      expect((await open(previewLoader, context, key, visit(noor))).body).toMatchObject({
        preview: { question: { explained: null, key: { explained: { answered: false } } } },
      });
      const stranger = { as: noor, params: { draftId: "00000000-0000-4000-8000-000000000000" } };
      expect((await open(draftLoader, context, path, stranger)).status).toBe(404);
      expect(
        (await open(editLoader, context, path, visit(noor, { file: "evil.sh", part: "1" }))).status,
      ).toBe(404);
      expect(
        (await open(editLoader, context, path, visit(noor, { file: "module.md", part: "-1" }))).status,
      ).toBe(404);
    }));

  it("save a lesson, tell a fault with file and line, and keep what is refused", () =>
    database.rolledBack(async (tx) => {
      const { context, path, visit } = await aWorld(tx);
      const at = visit(noor, place);
      const saved = await send(editAction, context, path, edited, at);
      expect(saved.location).toBe(`${path}/edit/module.md/1?saved=1`);
      const page = await open<Page<typeof editLoader>>(editLoader, context, path, at);
      expect(page.body).toMatchObject({
        shown: { text: before.replace(story, `Ask a second time.\n\n${story}`) },
        check: { fault: null },
      });

      const stale = await send<{ outcome: string; theirs: string; mine: string }>(
        editAction,
        context,
        path,
        { ...edited, text: "# Mine" },
        visit("p-ines", place),
      );
      expect(stale).toMatchObject({
        status: 409,
        body: { outcome: "stale", mine: "# Mine", by: "Noor Haddad" },
      });
      expect(stale.body.theirs).toContain("Ask a second time.");

      const bare = { as: "text", seen: page.body.shown?.seen ?? "", text: "No heading at all" };
      const refused = await send(editAction, context, path, bare, at);
      expect(refused).toMatchObject({ status: 422, form: { values: { text: "No heading at all" } } });
      expect(refused.form.message).toContain("# Title");

      const faulty = { ...bare, text: before.replace("type: single_choice", "type: guess") };
      expect((await send(editAction, context, path, faulty, at)).status).toBe(302);
      const { body } = await open<Page<typeof editLoader>>(editLoader, context, path, at);
      expect(body.check.fault).toMatchObject({
        file: "module.md",
        part: 1,
        reason: expect.stringContaining("type"),
      });
      expect(body.shown?.text.split("\n")[(body.check.fault?.lineInPart ?? 0) - 1]).toContain("type: guess");
      const lesson = `${path}/preview?show=lesson:${authoredModule.lessons[0]?.id}`;
      const preview = await open(previewLoader, context, lesson, visit(noor));
      expect(preview.body).toMatchObject({ preview: null, fault: { part: 1 } });
      const rest = await open(previewLoader, context, `${path}/preview`, visit(noor));
      expect(rest.body).toMatchObject({ partial: true, preview: { id: authoredModule.lessons[1]?.id } });
    }));

  it("save in the background in the same way, and answer with the check", () =>
    database.rolledBack(async (tx) => {
      const { context, path, draftId } = await aWorld(tx);
      const cookie = await cookieFor(context, noor);
      const post = async (fields: Record<string, string>) => {
        const body = new URLSearchParams(fields);
        const request = new Request(`http://localhost:3000${path}`, {
          method: "POST",
          body,
          headers: { cookie },
        });
        const params = { draftId, ...place };
        const response = await saveAction({ request, params, context } as Parameters<typeof saveAction>[0]);
        return { status: response.status, body: (await response.json()) as Record<string, unknown> };
      };
      const first = await post(edited);
      expect(first).toMatchObject({
        status: 200,
        body: { outcome: "saved", part: 1, check: { fault: null } },
      });
      expect(await post(edited)).toMatchObject({ status: 409, body: { outcome: "stale" } });
      const next = { ...edited, seen: String(first.body["seen"]) };
      expect(await post({ ...next, text: "" })).toMatchObject({ status: 422, body: { outcome: "refused" } });
      expect(await post(next)).toMatchObject({ status: 200, body: { outcome: "saved" } });
    }));

  it("write an item in a form, and add, move and delete parts", () =>
    database.rolledBack(async (tx) => {
      const { context, path, visit, revision } = await aWorld(tx);
      const act = async (fields: Record<string, string>) =>
        send(draftAction, context, path, { revision: await revision(), ...fields }, visit(noor));
      expect((await act({ intent: "add-lesson", title: " " })).form.errors["title"]).toContain("title");
      const lesson = await act({ intent: "add-lesson", title: "What comes last" });
      const lessons = authoredModule.lessons.length;
      expect(lesson.location).toBe(`${path}/edit/module.md/${lessons + 1}`);
      const added = await act({ intent: "add-item", type: "true_false" });
      const items = authoredModule.items.length;
      expect(added.location).toBe(`${path}/edit/items.yaml/${items + 1}`);
      const at = { file: "items.yaml", part: String(items + 1) };
      const { body } = await open<Page<typeof editLoader>>(editLoader, context, path, visit(noor, at));
      expect(body.shown?.fields).toMatchObject({ type: "true_false", stem: "" });
      expect(body.check.fault).not.toBeNull();
      // While the draft has a fault, its objectives can be chosen and its other parts looked at.
      expect(body.objectives).toEqual(authoredModule.objectives);
      const shown = async (id: string) =>
        (
          await open<Page<typeof previewLoader>>(
            previewLoader,
            context,
            `${path}/preview?show=item:${id}`,
            visit(noor),
          )
        ).body;
      expect(await shown(authoredModule.items[0]?.id ?? "")).toMatchObject({
        partial: true,
        preview: { title: authoredModule.items[0]?.id },
      });
      expect(await shown(body.shown?.fields?.id ?? "")).toMatchObject({
        preview: null,
        fault: { file: "items.yaml", part: items + 1 },
      });
      const fields = {
        as: "form",
        seen: body.shown?.seen ?? "",
        type: "true_false",
        id: body.shown?.fields?.id ?? "",
        objective: "o1",
        level: "apply",
        riskDomain: "5",
        clause: "",
        difficulty: "0.6",
        audiences: "",
        stem: "May a ranking decide?",
        answer: "false",
        feedback: "A person decides.",
        wrong: "Right: a person decides.",
        accepted: "",
      };
      expect((await send(editAction, context, path, fields, visit(noor, at))).location).toContain("saved=1");
      const gone = { intent: "remove", file: "module.md", part: String(lessons + 1) };
      expect((await act({ ...gone, revision: "1" })).status).toBe(409);
      const deleted = await act(gone);
      expect(deleted).toMatchObject({
        status: 200,
        form: { done: { kind: "removed", removed: { title: "What comes last" } } },
      });
      const { removed } = (deleted.form as unknown as { done: { removed: object } }).done;
      const back = { intent: "restore", removed: JSON.stringify(removed) };
      expect(await act({ ...back, revision: "1" })).toMatchObject({
        status: 409,
        form: { done: { kind: "removed", removed } },
      });
      expect(await act(back)).toMatchObject({ status: 200, form: { done: { kind: "restored" } } });
      for (const bad of ["{", JSON.stringify({ ...removed, pieces: [] })])
        expect((await act({ ...back, removed: bad })).status).toBe(422);
      await act(gone);
      expect(await act({ intent: "move", file: "module.md", part: "1", by: "1" })).toMatchObject({
        form: { done: { kind: "moved", title: authoredModule.lessons[0]?.title, place: 2, count: lessons } },
      });
      expect((await act({ intent: "shorten-translation", language: "de" })).status).toBe(409);
      const draft = await open<Page<typeof draftLoader>>(draftLoader, context, path, visit(noor));
      expect(draft.body.check.fault).toBeNull();
      expect(draft.body.files[0]?.sections.map((one) => one.id)).toEqual([
        null,
        ...[1, 0, 2, 3, 4].map((i) => authoredModule.lessons[i]?.id),
      ]);
      expect(draft.body.files[1]?.sections.at(-1)).toMatchObject({ title: "May a ranking decide?" });
      const { body: preview } = await open<Page<typeof previewLoader>>(
        previewLoader,
        context,
        `${path}/preview?show=item:${fields.id}&question=${fields.id}&answer=true`,
        visit(noor),
      );
      expect(preview.preview).toMatchObject({ question: { explained: { score: 0, answered: true } } });
    }));

  it("compare, submit, send back, and publish by a second person", () =>
    database.rolledBack(async (tx) => {
      const { context, path, visit, revision } = await aWorld(tx);
      await send(editAction, context, path, edited, visit(noor, place));
      const act = async (as: string, fields: Record<string, string>) =>
        send(reviewAction, context, path, { revision: await revision(), ...fields }, visit(as));
      const page = await open<Page<typeof reviewLoader>>(reviewLoader, context, path, visit(noor));
      expect(page.body).toMatchObject({
        changes: { parts: [{ kind: "lesson", change: "changed" }] },
        effect: { ending: 0, reassigned: 0 },
        suggested: { material: "2.0.0" },
      });
      const bad = await act(noor, { intent: "submit", ...declaration, version: authoredModule.version });
      expect(bad).toMatchObject({ status: 422, form: { values: { changeNote: declaration.changeNote } } });
      expect(bad.form.errors["version"]).toContain("higher");
      expect((await act(noor, { intent: "submit", ...declaration })).status).toBe(302);
      expect((await act(noor, { intent: "publish", read: "yes" })).status).toBe(403);
      expect((await act("p-ines", { intent: "return", reason: "short" })).form.errors["reason"]).toContain(
        "reason",
      );
      expect((await act("p-ines", { intent: "return", reason: "The example is missing." })).status).toBe(302);
      const back = await open<Page<typeof draftLoader>>(draftLoader, context, path, visit(noor));
      expect(back.body).toMatchObject({
        returnReason: "The example is missing.",
        returnedBy: "Ines Carvalho",
      });

      expect((await act("p-sofia", { intent: "submit", ...declaration })).status).toBe(302);
      const own = await act("p-sofia", { intent: "publish", read: "yes" });
      expect(own).toMatchObject({ status: 403, form: { message: expect.stringContaining("Somebody else") } });
      expect((await act("p-ines", { intent: "publish" })).form.errors["read"]).toContain("read the changes");
      expect((await act("p-ines", { intent: "publish", read: "yes" })).location).toBe(
        `${path}/review?done=publish`,
      );
      expect(await newestModule(tx, authoredSlug)).toMatchObject({ version: "2.0.0", approverId: "p-ines" });
    }));

  it("begin a module, keeping what is refused, and say what it lacks", () =>
    database.rolledBack(async (tx) => {
      const { context } = await aWorld(tx);
      for (const as of ["p-mila", "p-august"])
        expect((await open(newLoader, context, "/author/new", { as })).status).toBe(403);
      const page = await open<Page<typeof newLoader>>(newLoader, context, "/author/new", { as: noor });
      expect(page).toMatchObject({ status: 200, body: { audiences: expect.arrayContaining(["all-staff"]) } });
      const begun = {
        title: "AI at the front desk",
        slug: "front-desk",
        summary: "What the front desk may ask of AI.",
        "audiences[]": "all-staff",
        objectives: "Say which data may go where\r\n\r\nKnow whom to ask\r\n",
        minutes: "12",
        passMark: "75",
      };
      const act = (as: string, more: Record<string, string>) =>
        send(newAction, context, "/author/new", { ...begun, ...more }, { as });
      expect((await act("p-august", {})).status).toBe(403);
      const wrong = await act(noor, {
        title: " ",
        slug: "Front desk",
        objectives: "\n",
        minutes: "0.5",
        passMark: "",
      });
      expect(wrong).toMatchObject({
        status: 422,
        form: { values: { slug: "Front desk", audiences: ["all-staff"] } },
      });
      expect(Object.keys(wrong.form.errors).toSorted()).toEqual([
        "minutes",
        "objectives",
        "passMark",
        "slug",
        "title",
      ]);
      const taken = await act(noor, { slug: authoredSlug });
      expect(taken).toMatchObject({
        status: 409,
        form: { errors: { slug: expect.stringContaining("already") } },
      });
      const made = await act(noor, {});
      const draftId = made.location?.split("/").at(-1) ?? "";
      const at = { as: noor, params: { draftId } };
      const draft = await open<Page<typeof draftLoader>>(draftLoader, context, `/author/${draftId}`, at);
      expect(draft.body.head).toMatchObject({ title: begun.title, base: null });
      expect([draft.body.check.fault, ...draft.body.check.further].map((one) => one?.reason)).toEqual([
        "wants 2 items on o1, the bank has 0",
        "wants 2 items on o2, the bank has 0",
        expect.stringContaining("no lesson"),
        expect.stringContaining("no item"),
      ]);
      const review = await open<Page<typeof reviewLoader>>(
        reviewLoader,
        context,
        `/author/${draftId}/review`,
        at,
      );
      expect(review.body).toMatchObject({ changes: null, suggested: { material: "1.0.0" } });
    }));

  it("add, follow and delete a translation", () =>
    database.rolledBack(async (tx) => {
      const { context, path, visit, revision } = await aWorld(tx);
      const act = async (as: string, fields: Record<string, string>) =>
        send(draftAction, context, path, { revision: await revision(), ...fields }, visit(as));
      const german = { intent: "add-translation", language: "de" };
      expect((await act("p-august", german)).status).toBe(403);
      expect((await act(noor, { ...german, language: "it" })).form.errors["language"]).toBe(
        "Choose a language.",
      );
      expect((await act(noor, { ...german, revision: "0" })).status).toBe(409);
      expect((await act(noor, german)).location).toBe(`${path}#translations`);
      const beside = { file: "module.de.md", part: "1" };
      const edit = async () =>
        (await open<Page<typeof editLoader>>(editLoader, context, path, visit(noor, beside))).body;
      const first = await edit();
      expect(first.original).toMatchObject({ text: first.shown?.text, changed: null });
      expect(first.check.fault?.reason).toContain("still English");
      const own = await open<Page<typeof editLoader>>(editLoader, context, path, visit(noor, place));
      expect(own.body.original).toBeNull();

      await send(editAction, context, path, edited, visit(noor, place));
      expect((await edit()).original?.changed).not.toBeNull();
      const page = async (as: string) =>
        (await open<Page<typeof draftLoader>>(draftLoader, context, path, visit(as))).body.translations;
      const [lag] = (await page(noor)).lags;
      expect(lag).toMatchObject({ language: "de", file: "module.de.md", part: 1 });
      expect((await page("p-august")).lags).toMatchObject([{ rows: [], translation: "" }]);
      const fits = { intent: "confirm-translation", key: lag?.key ?? "" };
      expect((await act("p-august", fits)).status).toBe(403);
      expect((await act(noor, fits)).status).toBe(302);
      expect((await page(noor)).lags).toEqual([]);

      const gone = { intent: "remove-translation", language: "de" };
      expect((await act("p-august", gone)).status).toBe(403);
      expect((await act(noor, gone)).status).toBe(302);
      expect((await act(noor, gone)).status).toBe(409);
      expect(await page(noor)).toMatchObject({ languages: [], others: ["de", "fr", "es"] });
    }));

  it("export the files as they belong into the content folder", () =>
    database.rolledBack(async (tx) => {
      const { context, path, draftId } = await aWorld(tx);
      const headers = { cookie: await cookieFor(context, noor) };
      const request = new Request(`http://localhost:3000${path}/export.zip`, { headers });
      const response = await exportLoader({ request, params: { draftId }, context } as Parameters<
        typeof exportLoader
      >[0]);
      expect(response.headers.get("content-type")).toBe("application/zip");
      expect(response.headers.get("content-disposition")).toContain(`${authoredSlug}-draft.zip`);
      const files = Object.entries(authoredSource).map(([name, text]) => [
        `content/modules/${authoredSlug}/${name}`,
        text,
      ]);
      expect(unzip(new Uint8Array(await response.arrayBuffer()))).toEqual(Object.fromEntries(files));
    }));
});
