import type { XapiVersion } from "../lrs/request.ts";
import type { DeclaredAttachment, Sent, StoredStatement } from "./outbox.ts";

/** A statement on its way to an external LRS. */
export type Outgoing = {
  id: string;
  /** Its JSON as stored, without what the receiving LRS sets itself. */
  text: string;
  version: XapiVersion;
  /** Contents that must travel along, each once. */
  attachments: { sha2: string; contentType: string; content: Uint8Array }[];
};

/**
 * Hands statements of one version to the named target in one request: all are taken or none. Never throws for what the LRS
 * or the network does.
 */
export type Send = (target: string, statements: readonly Outgoing[]) => Promise<Sent>;

/** A statement that is to go out, before the contents of its attachments are read. */
export type Draft = Omit<Outgoing, "attachments"> & {
  seq: number;
  /** Attachments that no address leads to: their contents travel along. */
  enclosed: DeclaredAttachment[];
};

/**
 * A stored statement as it goes out: its own text, so that numbers and spellings arrive as they were sent. Without `stored`
 * and `authority`: the receiving LRS sets both (xAPI 1.0.3 part 2 §2.4.8, §2.4.9) and may refuse an authority it does not know.
 */
export function draftOf(row: { seq: number; id: string; body: string }, statement: StoredStatement): Draft {
  return {
    seq: row.seq,
    id: row.id,
    text: withoutMembers(row.body, ["stored", "authority"]),
    version: versionOf(statement),
    enclosed: enclosedIn(statement),
  };
}

/** The version a statement must be sent under: 2.0.0 when it says so or has what 1.0.3 does not know (IEEE 9274.1.1 §4.2.6). */
export function versionOf(statement: StoredStatement): XapiVersion {
  const contexts = [statement.context, statement.object.context];
  const isNew =
    statement.version?.startsWith("2.") ||
    contexts.some((context) => context && ("contextAgents" in context || "contextGroups" in context));
  return isNew ? "2.0.0" : "1.0.3";
}

function enclosedIn(statement: StoredStatement): DeclaredAttachment[] {
  const declared = [...(statement.attachments ?? []), ...(statement.object.attachments ?? [])];
  const enclosed = declared.filter((one) => one.fileUrl === undefined);
  return [...new Map(enclosed.map((one) => [one.sha2, one])).values()];
}

/**
 * Statements in the requests they travel in, in their order: at most `most` of one version together. One with contents goes
 * alone, so that no request needs more memory than the largest statement.
 */
export function requestsOf(drafts: readonly Draft[], most: number): Draft[][] {
  const requests: Draft[][] = [];
  for (const draft of drafts) {
    const last = requests.at(-1);
    const fits =
      last !== undefined &&
      last.length < most &&
      last.every((other) => other.version === draft.version && other.enclosed.length === 0) &&
      draft.enclosed.length === 0;
    if (fits) last.push(draft);
    else requests.push([draft]);
  }
  return requests;
}

/** The last of the statements that are read together: as many as fit into `most` characters, and one at least. Null for none. */
export function endOfScan(rows: readonly { seq: number; size: number }[], most: number): number | null {
  let total = 0;
  let end: number | null = null;
  for (const { seq, size } of rows) {
    total += size;
    if (end !== null && total > most) break;
    end = seq;
  }
  return end;
}

/** The text of a JSON object without some of its members; what stays is not written anew. The text is valid JSON. */
export function withoutMembers(json: string, names: readonly string[]): string {
  const kept = membersOf(json).filter((member) => !names.includes(member.name));
  return `{${kept.map((member) => member.text).join(",")}}`;
}

function membersOf(json: string): { name: string; text: string }[] {
  const members: { name: string; text: string }[] = [];
  let depth = 0;
  let open: { name: string; start: number } | null = null;
  for (let i = 0; i < json.length; i++) {
    const sign = json[i];
    if (sign === '"') {
      const end = endOfString(json, i);
      if (depth === 1) open ??= { name: JSON.parse(json.slice(i, end)) as string, start: i };
      i = end - 1;
    } else if (sign === "{" || sign === "[") depth++;
    else if (sign === "," || sign === "}" || sign === "]") {
      if (depth === 1 && open) {
        members.push({ name: open.name, text: json.slice(open.start, i).trimEnd() });
        open = null;
      }
      if (sign !== ",") depth--;
    }
  }
  return members;
}

/** The place after the string that starts at `start`. */
function endOfString(json: string, start: number): number {
  for (let i = start + 1; ; i++) {
    i = json.indexOf('"', i);
    let escapes = 0;
    while (json[i - 1 - escapes] === "\\") escapes++;
    if (escapes % 2 === 0) return i + 1;
  }
}
