import { eq } from "drizzle-orm";
import { mkdir, rm } from "node:fs/promises";
import type { Db } from "#db/client.server.ts";
import { seal } from "#db/schema/audit.ts";
import { organisation, person } from "#db/schema/people.ts";
import { canonicalJson } from "../audit/event.ts";
import { newestSeal, sealNew } from "../audit/seal.server.ts";
import type { Signer } from "../audit/seal.ts";
import { coverageRows, merge } from "./figure.server.ts";
import { clauseNames, clausePage, indexPage, type Listed } from "./index-page.ts";
import { type Manifest, manifestPath, manifestText, signaturePath, signatureText } from "./manifest.ts";
import { assemble, isThere, journalOf, makePart, note, PackFault, type Part } from "./part.server.ts";
import { peopleIn } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";
import { sections } from "./section.server.ts";
import { summaryPdf } from "./summary-pdf.server.ts";

/** Where and with what a pack is built. */
export type Workshop = {
  /** Kept until the pack is whole: a build that was ended goes on from there. */
  folder: string;
  out: string;
  /** Text of the program that checks packs; it goes into each. */
  verifier: string;
  /** Version of the product. */
  product: string;
  /** Called as the build goes on: how many files are done, of how many. */
  progress?: (done: number, total: number) => Promise<void>;
};

export type Built = { bytes: number; sha256: string; files: number; people: number; order: PackOrder };

type Begin = { begin: string; madeAt: string; asAt: string; lastSeal: number };

/**
 * Builds a pack. First everything is sealed, so that all it shows is proven; then its files are made one after another. A
 * build that was ended goes on after its last file, with the seals and the moment it began with. Throws {@link PackFault}.
 */
export async function buildPack(
  db: Db,
  signer: Signer,
  asked: Omit<PackOrder, "lastSeal">,
  workshop: Workshop,
): Promise<Built> {
  const { folder, out, progress } = workshop;
  const { order, parts: kept } = await begun(db, signer, asked, folder);
  const files = await filesOf(db, order);
  const [home] = await db.select().from(organisation);
  const { name = "", baseIri = "" } = home ?? {};
  const total = files.length + clauseNames.length + 3;
  let done = 0;
  const beat = async (): Promise<void> => progress?.(done, total);
  const parts: Part[] = [];
  const make = async (path: string, content: () => AsyncIterable<string | Uint8Array>): Promise<void> => {
    await beat();
    const known = kept.get(path);
    const part = known && isThere(folder, known) ? known : await fresh(path, content());
    parts.push(part);
    done += 1;
  };
  const fresh = async (path: string, content: AsyncIterable<string | Uint8Array>): Promise<Part> => {
    const part = await makePart(folder, `${String(done).padStart(6, "0")}.part`, path, content, beat);
    await note(folder, part);
    return part;
  };
  const given = (text: string | Uint8Array) =>
    async function* (): AsyncGenerator<string | Uint8Array> {
      yield text;
    };
  await make("README.html", given(indexPage(order, name, signer.keyId, files)));
  await make("summary.pdf", async function* () {
    yield await summary(db, order, name, signer.keyId, files);
  });
  await make("verify.mjs", given(workshop.verifier));
  for (const clause of clauseNames) {
    await make(`${clauses[clause].folder}/README.html`, given(clausePage(clause, files)));
    for (const file of files.filter((one) => one.clause === clause)) await make(file.path, file.content);
  }
  const people = await db.$count(person, peopleIn(order.scope));
  const text = manifestText(
    await manifestOf(db, signer, order, {
      product: workshop.product,
      organisation: name,
      baseIri,
      people,
      parts,
    }),
  );
  const texts = [
    { path: manifestPath, text },
    { path: signaturePath, text: signatureText(text, signer) },
  ];
  const archive = await assemble(folder, out, parts, texts, order.madeAt, beat);
  await progress?.(total, total);
  await rm(folder, { recursive: true, force: true });
  return { ...archive, files: parts.length + texts.length, people, order };
}

/** What an earlier run of the same build left, or a new beginning. */
async function begun(
  db: Db,
  signer: Signer,
  asked: Omit<PackOrder, "lastSeal">,
  folder: string,
): Promise<{ order: PackOrder; parts: Map<string, Part> }> {
  const { asAt: _asAt, ...scope } = asked.scope;
  const key = canonicalJson({ id: asked.id, scope, requestedBy: asked.requestedBy, keyId: signer.keyId });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [first, ...others] = journalOf<Begin | Part>(folder);
  if (first && "begin" in first && first.begin === key) {
    const parts = others.filter((one): one is Part => "part" in one).map((one) => [one.path, one] as const);
    const order = {
      ...asked,
      scope: { ...asked.scope, asAt: first.asAt },
      madeAt: new Date(first.madeAt),
      lastSeal: first.lastSeal,
    };
    return { order, parts: new Map(parts) };
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sealNew(db, signer, asked.madeAt);
  const lastSeal = (await newestSeal(db))?.number ?? 0;
  const begin: Begin = {
    begin: key,
    madeAt: asked.madeAt.toISOString(),
    asAt: asked.scope.asAt,
    lastSeal,
  };
  await note(folder, begin);
  return { order: { ...asked, lastSeal }, parts: new Map() };
}

async function filesOf(db: Db, order: PackOrder): Promise<(PackFile & Listed)[]> {
  const files: (PackFile & Listed)[] = [];
  for (const { clause, files: build } of sections)
    for (const file of await build(db, order)) files.push({ ...file, clause });
  const paths = new Set(files.map((file) => file.path));
  if (paths.size < files.length) throw new Error("two files of a pack have the same path");
  const strange = files.find((file) => !/^[\w.-]+(\/[\w.-]+)+$/.test(file.path) || file.path.includes(".."));
  if (strange)
    throw new PackFault(`A file of the pack would have the name ${strange.path}, which it may not.`);
  return files;
}

async function summary(
  db: Db,
  order: PackOrder,
  name: string,
  keyId: string,
  files: readonly Listed[],
): Promise<Uint8Array> {
  return summaryPdf(order, name, keyId, files, merge(await coverageRows(db, order.scope)));
}

async function manifestOf(
  db: Db,
  signer: Signer,
  order: PackOrder,
  rest: Pick<Manifest, "product" | "organisation" | "baseIri" | "people"> & { parts: readonly Part[] },
): Promise<Manifest> {
  const { parts, ...home } = rest;
  const [last] = await db.select().from(seal).where(eq(seal.number, order.lastSeal));
  return {
    kind: "clause7-pack",
    version: 1,
    ...home,
    scope: order.scope,
    madeAt: order.madeAt.toISOString(),
    madeBy: order.requestedBy,
    lastSeal: last
      ? { number: last.number, hash: last.hash, statementSeq: last.statementSeq, auditSeq: last.auditSeq }
      : null,
    keyId: signer.keyId,
    publicKey: signer.publicKey,
    files: parts.map(({ part: _part, ...file }) => file),
  };
}
