import type { EvidenceReport } from "./evidence-file.ts";
import type { StatementProof } from "./proof.ts";
import { grouped, type Seal } from "./seal.ts";

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;

/** Both counts; what there is none of is left out, unless there is none of either. */
function both({ statements, events }: { statements: number; events: number }): string {
  const parts = [
    ...(statements > 0 || events === 0 ? [counted(statements, "statement")] : []),
    ...(events > 0 ? [counted(events, "event")] : []),
  ];
  return parts.join(" and ");
}

const moment = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, "Z");

/** What a check of evidence proves, in sentences. `trusted`: the keys were brought by whoever checks. */
export function reportLines(report: EvidenceReport, trusted: boolean): string[] {
  const { sealed, unsealed, withheld, seals, lastSealAt, keyIds, fault } = report;
  const lines: string[] = [];
  if (lastSealAt) {
    lines.push(
      `${both(sealed)} up to ${moment(lastSealAt)} are covered by ${counted(seals, "seal")} that hold${seals === 1 ? "s" : ""}.`,
      ...keyIds.map((id) => `Signed with the key ${grouped(id)}${trusted ? ", which you named" : ""}.`),
    );
  }
  if (fault) return [...lines, `FAULT: ${fault}`, "Nothing after this was looked at."];
  if (withheld > 0)
    lines.push(
      `${counted(withheld, "statement")} ${withheld === 1 ? "holds an answer key and is" : "hold answer keys and are"} given as ${withheld === 1 ? "its hash" : "their hashes"} alone.`,
    );
  if (!lastSealAt) lines.push("There is no seal yet: of statements nothing is proven.");
  const { statements, events } = unsealed;
  if (statements + events > 0)
    lines.push(
      `${both(unsealed)}${lastSealAt ? " since the last seal" : ""} ${statements + events === 1 ? "is" : "are"} not sealed yet${events > 0 ? "; the events are in an unbroken chain" : ""}.`,
    );
  if (lastSealAt && !trusted) lines.push(keyAdvice);
  return lines;
}

const keyAdvice =
  "The key was taken from the evidence itself. Compare its fingerprint with one you got elsewhere, or name that key with --key PUBLIC.pem.";

/** What a proof proves, in sentences. */
export function proofLines(proof: StatementProof, seal: Seal, trusted: boolean): string[] {
  const { seq, id, body } = proof.statement;
  return [
    `Statement ${id} (number ${seq}) was in the store, with exactly ${body === undefined ? "the text of this hash" : "this text"}, when seal ${seal.number} was made at ${moment(seal.at)}.`,
    `That seal covers ${seal.size.toLocaleString("en-GB")} ${seal.size === 1 ? "entry" : "entries"} and is signed with the key ${grouped(seal.keyId)}${trusted ? ", which you named" : ""}.`,
    ...(trusted ? [] : [keyAdvice]),
  ];
}
