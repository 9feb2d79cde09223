import { grouped } from "../audit/seal.ts";
import { escaped, linkTo, page, table } from "./page.ts";
import { type Clause, type ClauseName, clauses, type PackFile, type PackOrder } from "./section.ts";
import { scopeSentence } from "./scope.ts";

/** A file with the clause it serves. */
export type Listed = Pick<PackFile, "path" | "shows" | "hidden"> & { clause: ClauseName };

/** What was recorded after the end of a scope about its time, so that the pack does not show it: in words, and how often. */
export type Later = { what: string; count: number };

const every = Object.entries(clauses) as [ClauseName, Clause][];

/** The page that the reader of a pack begins with. */
export function indexPage(
  order: PackOrder,
  organisation: string,
  keyId: string,
  files: readonly Listed[],
  later: readonly Later[],
): string {
  const rows = every.map(([name, { source, title }]) => {
    const own = files.filter((file) => file.clause === name);
    return [
      escaped(source),
      escaped(title),
      own.length === 0
        ? "nothing to show"
        : linkTo(`${clauses[name].folder}/README.html`, "README.html", `${own.length} files`),
    ];
  });
  return page(
    `Audit pack of ${organisation}`,
    `<p>${escaped(scopeSentence(order.scope))}</p>
<p>Made at ${escaped(order.madeAt.toISOString())} for ${escaped(order.requestedBy.name)} (${escaped(order.requestedBy.id)}). The same to print: ${linkTo("summary.pdf", "README.html", "summary.pdf")}.</p>
${table("What is where", ["Source", "What", "Files"], rows)}
<h2>How to read it</h2>
<p>States, periods, attempts, certificates, waivers, bases, records of earlier systems, requirements, acknowledgements, evaluations, corrective actions, messages, statements, audit events and the names, departments, audiences and other details of people are shown as they were known at the end of the scope: what was stored after it is left out, whatever date it bears. The ladder of reminders and the register of AI systems are shown as they stood when the pack was made. People outside the scope are named by their id.${order.scope.keys ? "" : " Statements that hold right answers stand in it by their hash alone."}</p>
${laterHtml(later)}<h2>How to check it</h2>
<p>With Node 20 or newer, without a network and without anything else: <code>node verify.mjs pack.zip --key-fingerprint ${escaped(keyId)}</code>. Use a copy of <code>verify.mjs</code> that you got elsewhere if you do not trust this pack. It was signed with the key <code>${grouped(keyId)}</code>: compare this fingerprint with the one that the organisation gave you by another way.</p>
`,
  );
}

/** What a pack of today’s knowledge would show otherwise, so that readers know of both views. */
function laterHtml(later: readonly Later[]): string {
  const found = later.filter((one) => one.count > 0).map((one) => [escaped(one.what), String(one.count)]);
  return `<h2>What was recorded after the end</h2>
<p>These facts concern the time of the scope, were stored after its end, and are not shown. A pack whose end is today shows them.</p>
${table("Recorded since", ["What", "How many"], found)}`;
}

/** The page of one clause: what it asks, and which file shows what. */
export function clausePage(name: ClauseName, files: readonly Listed[]): string {
  const { folder, source, title, asks, none }: Clause = clauses[name];
  const path = `${folder}/README.html`;
  const own = files.filter((file) => file.clause === name && !file.hidden);
  const rows = own.map((file) => [
    linkTo(file.path, path, file.path.slice(folder.length + 1)),
    escaped(file.shows),
  ]);
  return page(
    `${source}: ${title}`,
    `<p>${linkTo("README.html", path, "Index")}</p><p>What is asked: ${escaped(asks)}</p>
${rows.length === 0 ? `<p>${escaped(none ?? "Nothing lies within this scope and time.")}</p>` : table("Files", ["File", "What it shows"], rows)}`,
  );
}

/** The clauses, in the order of the index. */
export const clauseNames: readonly ClauseName[] = every.map(([name]) => name);
