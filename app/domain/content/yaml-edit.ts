import {
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

type Fields = Readonly<Record<string, unknown>>;
type Edit = { from: number; to: number; text: string };

/**
 * A YAML map that says what `wanted` says, with all that stays the same left as its author wrote it: comments, quotes, order,
 * line breaks. Lists of records are matched by `id`. Null where that cannot be done, as when records change places.
 */
export function withValues(yaml: string, wanted: Fields): string | null {
  const document = parseDocument(yaml, { prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const edits: Edit[] = [];
  if (!mapEdits(yaml, document.contents, wanted, edits)) return null;
  const next = edits
    .toSorted((a, b) => b.from - a.from || b.to - a.to)
    .reduce((text, { from, to, text: by }) => text.slice(0, from) + by + text.slice(to), yaml);
  const check = parseDocument(next, { prettyErrors: false });
  return check.errors.length === 0 && same(check.toJS(), wanted) ? next : null;
}

/** A record that is not right need not say so. */
const unsaid = (key: string, value: unknown): boolean => key === "correct" && value === false;

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (!isRecord(a) || !isRecord(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (key) => same(a[key], b[key]) || (unsaid(key, a[key] ?? false) && unsaid(key, b[key] ?? false)),
  );
}

function mapEdits(yaml: string, map: YAMLMap, wanted: Fields, edits: Edit[]): boolean {
  const known = new Set<string>();
  for (const pair of map.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : null;
    if (key === null) return false;
    known.add(key);
    if (!(key in wanted)) {
      if (isScalar(pair.value) && unsaid(key, pair.value.value)) continue;
      if (key === "correct") edits.push(...scalarEdit(yaml, pair, false, map.flow === true));
      else if (!removal(yaml, map, pair, edits)) return false;
    } else if (!valueEdits(yaml, map, pair, wanted[key], edits)) return false;
  }
  const added = Object.entries(wanted).filter(([key]) => !known.has(key));
  return added.length === 0 || addition(yaml, map, Object.fromEntries(added), edits);
}

function valueEdits(yaml: string, map: YAMLMap, pair: Pair, wanted: unknown, edits: Edit[]): boolean {
  const { value } = pair;
  if (isMap(value)) return isRecord(wanted) && mapEdits(yaml, value, wanted, edits);
  if (isSeq(value)) return Array.isArray(wanted) && listEdits(yaml, value, wanted, edits);
  if (!isScalar(value) || typeof wanted === "object") return false;
  if (value.value !== wanted) edits.push(...scalarEdit(yaml, pair, wanted, map.flow === true));
  return true;
}

function scalarEdit(yaml: string, pair: Pair, wanted: unknown, inFlow: boolean): Edit[] {
  if (!isScalar(pair.value) || !pair.value.range) return [];
  const [from, to] = pair.value.range;
  const quoted = pair.value.type === "QUOTE_DOUBLE" && typeof wanted === "string";
  const text = quoted ? JSON.stringify(wanted) : scalar(wanted, inFlow);
  const gap = from > 0 && yaml[from - 1] === ":" ? " " : "";
  // The text of a block (| or >) ends with its line.
  return [{ from, to, text: `${gap}${text}${yaml.slice(from, to).endsWith("\n") ? "\n" : ""}` }];
}

/** A value as it may stand after a key; several lines are written in quotes, which need no indent. */
function scalar(value: unknown, inFlow: boolean): string {
  if (typeof value === "string" && value.includes("\n")) return JSON.stringify(value);
  if (inFlow) return flow([value]).slice(1, -1).trim();
  return stringify({ key: value }, { lineWidth: 0 }).trimEnd().slice("key: ".length);
}

const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();

function removal(yaml: string, map: YAMLMap, pair: Pair, edits: Edit[]): boolean {
  const at = map.items.indexOf(pair);
  const from = startOf(pair);
  const next = map.items[at + 1];
  if (from === null || at === 0) return false;
  if (!map.flow) {
    const row = yaml.lastIndexOf("\n", from) + 1;
    const to = next ? yaml.lastIndexOf("\n", startOf(next) ?? 0) + 1 : endOfRow(yaml, endOf(pair) ?? from);
    edits.push({ from: row, to, text: "" });
    return true;
  }
  const before = endOf(map.items[at - 1]);
  const end = endOf(pair);
  if (before === null || end === null) return false;
  edits.push({ from: before, to: end, text: "" });
  return true;
}

function addition(yaml: string, map: YAMLMap, added: Fields, edits: Edit[]): boolean {
  const last = map.items.at(-1);
  const [end, begin] = [endOf(last), startOf(map.items[0])];
  if (end === null || begin === null) return false;
  if (map.flow) {
    edits.push({ from: end, to: end, text: `, ${flow(added).slice(1, -1).trim()}` });
    return true;
  }
  const indent = " ".repeat(begin - (yaml.lastIndexOf("\n", begin - 1) + 1));
  const rows = stringify(added, { lineWidth: 0 }).trimEnd().split("\n");
  edits.push(afterRow(yaml, end, rows.map((row) => `${indent}${row}`).join("\n")));
  return true;
}

function listEdits(yaml: string, list: YAMLSeq, wanted: readonly unknown[], edits: Edit[]): boolean {
  if (same(list.toJSON(), wanted)) return true;
  const rows = list.items;
  const maps = rows.flatMap((row) => (isMap(row) ? [row] : []));
  const records = wanted.filter(isRecord);
  if (rows.length === 0 || maps.length !== rows.length || records.length !== wanted.length) return false;
  const idOf = (map: YAMLMap): unknown => map.get("id");
  const kept = maps.filter((map) => records.some((one) => one["id"] === idOf(map)));
  // New records stand at the end; what changes places is written anew.
  if (kept.length === 0 || !kept.every((map, i) => records[i]?.["id"] === idOf(map))) return false;
  for (const [i, map] of kept.entries()) if (!mapEdits(yaml, map, records[i] ?? {}, edits)) return false;
  for (const map of maps) if (!kept.includes(map) && !rowRemoval(yaml, list, map, edits)) return false;
  return records.slice(kept.length).every((one) => rowAddition(yaml, list, one, edits));
}

function rowRemoval(yaml: string, list: YAMLSeq, row: YAMLMap, edits: Edit[]): boolean {
  const at = list.items.indexOf(row);
  const [from, to] = [row.range?.[0], row.range?.[1]];
  if (from === undefined || to === undefined) return false;
  if (list.flow) {
    const before = list.items[at - 1];
    if (!isMap(before) || !before.range) return false;
    edits.push({ from: before.range[1], to, text: "" });
    return true;
  }
  const begin = yaml.lastIndexOf("\n", from) + 1;
  const next = list.items[at + 1];
  const end = isMap(next) && next.range ? yaml.lastIndexOf("\n", next.range[0]) + 1 : endOfRow(yaml, to);
  edits.push({ from: begin, to: end, text: "" });
  return true;
}

function rowAddition(yaml: string, list: YAMLSeq, row: Fields, edits: Edit[]): boolean {
  const last = list.items.at(-1);
  if (!isMap(last) || !last.range) return false;
  const [from, to] = last.range;
  const begin = yaml.lastIndexOf("\n", from - 1) + 1;
  if (list.flow) {
    const alone = yaml.slice(begin, from).trim() === "";
    edits.push({ from: to, to, text: `,${alone ? `\n${yaml.slice(begin, from)}` : " "}${flow(row)}` });
    return true;
  }
  const dash = yaml.slice(begin, from);
  if (!/^\s*- +$/.test(dash)) return false;
  const rows = last.flow ? [flow(row)] : stringify(row, { lineWidth: 0 }).trimEnd().split("\n");
  const text = rows.map((one, i) => `${i === 0 ? dash : " ".repeat(dash.length)}${one}`).join("\n");
  edits.push(afterRow(yaml, to, text));
  return true;
}

/** An edit that puts rows after the one that a place is in or ends. */
function afterRow(yaml: string, place: number, text: string): Edit {
  const end = endOfRow(yaml, place);
  return end > 0 && yaml[end - 1] === "\n"
    ? { from: end, to: end, text: `${text}\n` }
    : { from: end, to: end, text: `\n${text}` };
}

/** Where the row after a place begins; the place itself where it is the beginning of a row. */
function endOfRow(yaml: string, place: number): number {
  if (place > 0 && yaml[place - 1] === "\n") return place;
  const end = yaml.indexOf("\n", place);
  return end < 0 ? yaml.length : end + 1;
}

const startOf = (pair: Pair | undefined): number | null =>
  isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;

function endOf(pair: Pair | undefined): number | null {
  const value = pair?.value;
  return isScalar(value) || isMap(value) || isSeq(value) ? (value.range?.[1] ?? null) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
