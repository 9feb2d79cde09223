import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { draftFor } from "#app/domain/content/draft.server.ts";
import { staleParts, unmarkedParts } from "#app/domain/content/follow.ts";
import { declared, moduleFiles, type ModuleSource, parseSource } from "#app/domain/content/module-source.ts";
import { newestModule, publishContent, sourceOf } from "#app/domain/content/publish.server.ts";
import { editable, sectionsOf } from "#app/domain/content/section.ts";
import { seenAs } from "#app/domain/content/draft.server.ts";
import { textAt } from "#app/domain/content/outline.ts";
import { marksFile } from "#app/domain/content/wording.ts";
import { action as listAction } from "#app/routes/_app.author._index/route.tsx";
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
import { loader as patchLoader } from "#app/routes/_app.author.$draftId_.export[.]patch.ts";
import { loader as zipLoader } from "#app/routes/_app.author.$draftId_.export[.]zip.ts";
import { loader as lessonLoader } from "#app/routes/_app.learn.$requirement.lessons.$lesson/route.tsx";
import { anAuthorsWorld, authoredSlug } from "#test/authoring.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { cookieFor, open, send, services } from "#test/door.ts";
import { unzip } from "#test/unzip.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T09:30:00Z");
const noor = "p-noor";
type Page<L extends (...args: never[]) => unknown> = Awaited<ReturnType<L>>;

const folder = `content/modules/${authoredSlug}`;
/** The module with its translations and their marks. */
const translated: ModuleSource = declared(
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => [...moduleFiles, marksFile].includes(name))
      .map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
  ),
  { version: "1.1.1", change: "editorial", changeNote: "Translated." },
);

function start(db: Db, source: ModuleSource) {
  const modules = [parseSource(source, "")];
  return publishContent(db, { modules, policies: [], sources: { [authoredSlug]: source } }, later);
}

/** The item with the texts of two options in each other's place, under ids that stay: every translation still fits it. */
function swapped(item: string): string {
  const pattern = /text: ("[^"]*"|[^"\n]+)/g;
  const texts = [...item.matchAll(pattern)].map((match) => match[1] ?? "");
  const [one = "", other = ""] = texts;
  return item.replace(pattern, (row, text: string) =>
    text === one ? row.replace(one, other) : text === other ? row.replace(other, one) : row,
  );
}

const item = { file: "items.yaml", part: "1" };

onBothEngines("a translation whose English text has changed", (database) => {
  it("is known in a version that was published before there were marks", () =>
    database.rolledBack(async (tx) => {
      await anAuthorsWorld(tx, now);
      const { [marksFile]: marks, ...bare } = translated;
      for (const source of [bare, translated, bare]) await start(tx, source);
      const newest = await newestModule(tx, authoredSlug);
      expect((await sourceOf(tx, newest?.id ?? ""))?.[marksFile]).toBe(marks);
    }));

  it("is read in English by learners until it follows", () =>
    database.rolledBack(async (tx) => {
      await anAuthorsWorld(tx, now);
      const text = translated["module.md"] ?? "";
      const changed = {
        ...translated,
        "module.md": text.replace("> **Story.**", "Ask twice.\n\n> **Story.**"),
      };
      await start(tx, changed);
      const context = services(tx, later);
      const { lessons } = parseSource(changed, "");
      const read = async (id = "") => {
        const params = { requirement: aRequirement.slug, lesson: id };
        const { body } = await open<Page<typeof lessonLoader>>(lessonLoader, context, "/", {
          as: "p-mila",
          params,
          language: "de",
        });
        return body;
      };
      expect(await read(lessons[0]?.id)).toMatchObject({
        wanted: "de",
        language: "en",
        module: { language: "de" },
      });
      expect(JSON.stringify((await read(lessons[0]?.id)).parts)).toContain("Ask twice.");
      expect(await read(lessons[1]?.id)).toMatchObject({ wanted: "de", language: "de" });
    }));

  it("is read in English in a draft too, is told of in its review, and follows when it is saved or said to fit", () =>
    database.rolledBack(async (tx) => {
      await anAuthorsWorld(tx, now);
      await start(tx, translated);
      const context = services(tx, later);
      const { location } = await send(listAction, context, "/author", { slug: authoredSlug }, { as: noor });
      const draftId = location?.split("/").at(-1) ?? "";
      const path = `/author/${draftId}`;
      const visit = (more: Record<string, string> = {}, as = noor) => ({ as, params: { draftId, ...more } });
      const draft = async () => {
        const found = await draftFor(tx, { id: "", name: "", roles: ["admin"] }, draftId);
        if (!found) throw new Error("the draft is gone");
        return found;
      };
      const save = async (at: typeof item, change: (text: string) => string) => {
        const { files } = await draft();
        const section = sectionsOf(at.file, files[at.file] ?? "")[Number(at.part)];
        if (!section) throw new Error("no such part");
        const seen = seenAs(textAt(files, { file: at.file, part: Number(at.part) }) ?? "");
        const text = change(editable(section));
        expect(text).not.toBe(editable(section));
        const { status } = await send(editAction, context, path, { as: "text", seen, text }, visit(at));
        expect(status).toBe(302);
      };
      const shown = async (language: string) => {
        const at = `${path}/preview?show=item:pm-001&language=${language}`;
        const { body } = await open<Page<typeof previewLoader>>(previewLoader, context, at, visit());
        return body.preview?.language;
      };
      const lags = async () =>
        (await open<Page<typeof draftLoader>>(draftLoader, context, path, visit())).body.translations.lags;
      expect(await shown("de")).toBe("de");
      await save(item, swapped);
      expect([await shown("de"), await shown("fr"), await shown("en")]).toEqual(["en", "en", "en"]);
      expect((await lags()).map((one) => one.key)).toEqual(
        ["de", "fr", "es"].map((one) => `${one} item pm-001`),
      );
      const review = await open<Page<typeof reviewLoader>>(reviewLoader, context, path, visit());
      expect(review.body.changes).toMatchObject({
        parts: [{ id: "pm-001", language: "en", change: "changed" }],
        toFollow: [{ language: "de" }, { language: "fr" }, { language: "es" }],
      });

      const german = { ...item, file: "items.de.yaml" };
      await save(german, swapped);
      expect([await shown("de"), await shown("fr")]).toEqual(["de", "en"]);
      const act = async (fields: Record<string, string>, as = noor) => {
        const revision = String((await draft()).revision);
        const door = "key" in fields ? draftAction : reviewAction;
        return send(door, context, path, { revision, ...fields }, visit({}, as));
      };
      const [french] = await lags();
      expect((await act({ intent: "confirm-translation", key: french?.key ?? "" })).status).toBe(302);
      expect([await shown("fr"), await shown("es")]).toEqual(["fr", "en"]);
      expect(staleParts((await draft()).files).map((part) => part.key)).toEqual(["es item pm-001"]);

      // The marks travel with the draft, and are no text to edit.
      const page = await open<Page<typeof draftLoader>>(draftLoader, context, path, visit());
      expect(page.body.files.map((one) => one.file)).not.toContain(marksFile);
      const at = visit({ file: marksFile, part: "all" });
      expect((await open(editLoader, context, path, at)).status).toBe(404);
      const request = new Request(`http://localhost:3000${path}`, {
        headers: { cookie: await cookieFor(context, noor) },
      });
      const args = { request, params: { draftId }, context } as Parameters<typeof zipLoader>[0];
      const zip = unzip(new Uint8Array(await (await zipLoader(args)).arrayBuffer()));
      expect(zip[`${folder}/${marksFile}`]).toBe((await draft()).files[marksFile]);
      expect(await (await patchLoader(args)).text()).toMatch(/\n\+de item pm-001: "[0-9a-f]{8}"\n/);

      const declaration = { change: "editorial", version: "1.2.0", changeNote: "Options change places." };
      expect((await act({ intent: "submit", ...declaration })).status).toBe(302);
      expect((await act({ intent: "publish", read: "yes" }, "p-ines")).status).toBe(302);
      const newest = await newestModule(tx, authoredSlug);
      const source = (await sourceOf(tx, newest?.id ?? "")) ?? {};
      expect(staleParts(source).map((part) => part.key)).toEqual(["es item pm-001"]);
      expect(unmarkedParts(source)).toEqual([]);
      const lacks = newest?.body.translations?.map((one) => one.items.some(({ id }) => id === "pm-001"));
      expect(lacks).toEqual([true, true, false]);
      // Once published and begun again, what did not follow is still to follow.
      const next = await send(listAction, context, "/author", { slug: authoredSlug }, { as: noor });
      const again = { as: noor, params: { draftId: next.location?.split("/").at(-1) ?? "" } };
      const begun = await open<Page<typeof draftLoader>>(draftLoader, context, path, again);
      expect(begun.body.translations.lags).toMatchObject([{ key: "es item pm-001" }]);
    }));
});
