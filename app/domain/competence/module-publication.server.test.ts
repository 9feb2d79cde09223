import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import {
  aDraft,
  anAuthorsWorld,
  authoredModule,
  authoredSlug,
  authoredSource,
  editFirstLesson,
  submitted,
} from "#test/authoring.ts";
import { onBothEngines } from "#test/database.ts";
import { verifyChain } from "../audit/event.server.ts";
import { draftFor } from "../content/draft.server.ts";
import { parseSource } from "../content/module-source.ts";
import { modulesBehind, newestModule, publishContent, sourceOf } from "../content/publish.server.ts";
import { Forbidden } from "../people/permission.ts";
import { lessonFor } from "./lesson.server.ts";
import { publishDraft } from "./module-publication.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-24T10:00:00Z");

onBothEngines("publishing a draft", (database) => {
  it("needs a second person, and learners then see it", () =>
    database.rolledBack(async (tx) => {
      const { noor, ines, sofia, mila } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await editFirstLesson(tx, noor, draftId, now);
      await editFirstLesson(tx, ines, draftId, now);
      const revision = async () => (await draftFor(tx, noor, draftId))?.revision ?? 0;
      const publish = async (actor: typeof noor) =>
        publishDraft(tx, actor, { draftId, revision: await revision() }, later);
      expect(await publish(sofia)).toEqual({ ok: false, reason: "not_submitted" });
      await submitted(tx, noor, draftId, { change: "material", version: "2.0.0" }, now);
      await expect(publish(noor)).rejects.toThrow(Forbidden);
      expect(await publish(ines)).toEqual({ ok: false, reason: "own_work" });
      const stale = await publishDraft(tx, sofia, { draftId, revision: 1 }, later);
      expect(stale).toEqual({ ok: false, reason: "stale" });
      expect(await publish(sofia)).toMatchObject({ ok: true, version: "2.0.0" });
      expect(await publish(sofia)).toEqual({ ok: false, reason: "not_submitted" });

      const newest = await newestModule(tx, authoredSlug);
      expect(newest).toMatchObject({ version: "2.0.0", material: true, approverId: "p-sofia" });
      const source = await sourceOf(tx, newest?.id ?? "");
      expect(parseSource(source ?? {}, "")).toEqual(newest?.body);
      const [lesson] = authoredModule.lessons;
      const view = await lessonFor(tx, mila, "ai-awareness-yearly", lesson?.id ?? "");
      expect(JSON.stringify(view?.parts)).toContain("Ask twice.");
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "module.published"));
      expect(events).toMatchObject([{ actorId: "p-sofia", data: { version: "2.0.0", change: "material" } }]);
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("stands at the next start, until the content folder has a higher version", () =>
    database.rolledBack(async (tx) => {
      const { noor, sofia } = await anAuthorsWorld(tx, now);
      const draftId = await aDraft(tx, noor, now);
      await editFirstLesson(tx, noor, draftId, now);
      await submitted(tx, noor, draftId, { change: "editorial", version: "1.2.0" }, now);
      const { revision = 0 } = (await draftFor(tx, noor, draftId)) ?? {};
      await publishDraft(tx, sofia, { draftId, revision }, now);
      const start = (module: typeof authoredModule) =>
        publishContent(
          tx,
          { modules: [module], policies: [], sources: { [authoredSlug]: authoredSource } },
          later,
        );
      const behind = (version: string) => [{ slug: authoredSlug, folder: version, published: "1.2.0" }];

      expect(await start(authoredModule)).toEqual([]);
      expect(await modulesBehind(tx, [authoredModule])).toEqual(behind(authoredModule.version));
      const same = { ...authoredModule, version: "1.2.0" };
      expect(await start(same)).toEqual([]);
      expect(await modulesBehind(tx, [same])).toEqual(behind("1.2.0"));
      const exported = (await newestModule(tx, authoredSlug))?.body ?? authoredModule;
      expect(await start(exported)).toEqual([]);
      expect(await modulesBehind(tx, [exported])).toEqual([]);
      expect(await newestModule(tx, authoredSlug)).toMatchObject({ version: "1.2.0" });
      expect(await start({ ...authoredModule, version: "1.3.0" })).toHaveLength(1);
      expect(await newestModule(tx, authoredSlug)).toMatchObject({ version: "1.3.0" });
    }));
});
