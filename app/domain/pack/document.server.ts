import { and, asc, eq, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleVersion, policyVersion } from "#db/schema/content.ts";
import { canonicalJson } from "../audit/event.ts";
import { csvHead, csvLines } from "./page.ts";
import { requirementsIn } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

const { folder } = clauses.documents;

/** The versions of policies and modules that were in force during the time of the scope, with their whole text. */
export async function documentFiles(db: Db, { scope }: PackOrder): Promise<PackFile[]> {
  const modules = new Set((await requirementsIn(db, scope)).map((one) => one.module));
  const policies = inTime(await policyHeads(db, scope), scope.from);
  const versions = inTime(await moduleHeads(db, scope), scope.from).filter((v) => modules.has(v.slug));
  return [
    {
      path: `${folder}/versions.csv`,
      shows: "Every version in force: since when, approved by whom, why it changed, and its SHA-256.",
      async *content() {
        yield csvHead([
          "Kind",
          "Document",
          "Title",
          "Version",
          "In force from",
          "Published (UTC)",
          "Approved by",
          "Material change",
          "Change note",
          "SHA-256",
        ]);
        for (const [kind, all] of [
          ["policy", policies],
          ["module", versions],
        ] as const)
          yield csvLines(
            all.map((v) => [
              kind,
              v.slug,
              v.title,
              v.version,
              v.since,
              v.publishedAt,
              v.approverId,
              v.material,
              v.changeNote,
              v.hash,
            ]),
          );
      },
    },
    ...policies.map((one, i): PackFile => ({
      path: `${folder}/policies/${one.slug}-${one.version}.md`,
      shows: `The policies as they were in force: ${policies.length} texts.`,
      hidden: i > 0,
      async *content() {
        const [row] = await db
          .select({ body: policyVersion.body })
          .from(policyVersion)
          .where(eq(policyVersion.id, one.id));
        yield row?.body ?? "";
      },
    })),
    ...versions.map((one, i): PackFile => ({
      path: `${folder}/modules/${one.slug}-${one.version}.json`,
      shows: `What was taught and asked: ${versions.length} modules as JSON, whose SHA-256 is the one in versions.csv.`,
      hidden: i > 0,
      async *content() {
        const [row] = await db
          .select({ body: moduleVersion.body })
          .from(moduleVersion)
          .where(eq(moduleVersion.id, one.id));
        yield canonicalJson(row?.body ?? null);
      },
    })),
  ];
}

type Head = { slug: string; since: string };

/** The versions that were in force at some time since `from`: of those before, the last one of each document. */
function inTime<H extends Head>(heads: readonly H[], from: string): H[] {
  return heads.filter(
    (head, i) =>
      head.since > from ||
      !heads.some((other, j) => j > i && other.slug === head.slug && other.since <= from),
  );
}

async function policyHeads(db: Db, scope: PackOrder["scope"]) {
  const rows = await db
    .select({
      id: policyVersion.id,
      slug: policyVersion.slug,
      title: policyVersion.title,
      version: policyVersion.version,
      since: policyVersion.effectiveFrom,
      publishedAt: policyVersion.publishedAt,
      approverId: policyVersion.approverId,
      material: policyVersion.material,
      changeNote: policyVersion.changeNote,
      hash: policyVersion.hash,
    })
    .from(policyVersion)
    .where(
      and(
        lte(policyVersion.publishedAt, new Date(scope.asAt)),
        lte(policyVersion.effectiveFrom, scope.until),
      ),
    )
    .orderBy(asc(policyVersion.slug), asc(policyVersion.effectiveFrom), asc(policyVersion.publishedAt));
  return rows;
}

async function moduleHeads(db: Db, scope: PackOrder["scope"]) {
  const rows = await db
    .select({
      id: moduleVersion.id,
      slug: moduleVersion.slug,
      title: moduleVersion.title,
      version: moduleVersion.version,
      publishedAt: moduleVersion.publishedAt,
      approverId: moduleVersion.approverId,
      material: moduleVersion.material,
      changeNote: moduleVersion.changeNote,
      hash: moduleVersion.hash,
    })
    .from(moduleVersion)
    .where(lte(moduleVersion.publishedAt, new Date(scope.asAt)))
    .orderBy(asc(moduleVersion.slug), asc(moduleVersion.publishedAt), asc(moduleVersion.id));
  return rows.map((row) => ({ ...row, since: row.publishedAt.toISOString().slice(0, 10) }));
}
