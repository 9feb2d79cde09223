import { type Condition, condition, type Rule } from "./rule.ts";

/** What a row of the rule form is about. */
export const attributes = [
  "audience",
  "department",
  "location",
  "employmentType",
  "aimsRole",
  "uses",
  "oversees",
  "computerShare",
] as const;
export type Attribute = (typeof attributes)[number];

export const attributeNames: Record<Attribute, string> = {
  audience: "Audience",
  department: "Department",
  location: "Location",
  employmentType: "Type of employment",
  aimsRole: "Role in the management system",
  uses: "Uses an AI system",
  oversees: "Oversees an AI system",
  computerShare: "Share of work at a computer",
};

/** A row as typed, right or wrong. */
export type RuleRow = { attribute: Attribute; values: string[]; atLeast: string; atMost: string };
/** Groups of rows; a person must meet all rows of one group. */
export type RuleDraft = RuleRow[][];

export const emptyRow = (attribute: Attribute): RuleRow => ({
  attribute,
  values: [],
  atLeast: "",
  atMost: "",
});

/** Everything a rule can name. */
export type RuleChoices = {
  modules: { slug: string; title: string }[];
  systems: { slug: string; title: string }[];
  departments: string[];
  locations: string[];
  employmentTypes: string[];
  audiences: string[];
};

type Values = Readonly<Record<string, string | string[]>>;

/** Field names of a row: of its attribute, values and limits. */
export const rowFields = (group: number, row: number) => ({
  attribute: `attribute.${group}.${row}`,
  values: `values.${group}.${row}`,
  atLeast: `atLeast.${group}.${row}`,
  atMost: `atMost.${group}.${row}`,
});

/** More rows than this no form of ours sends. */
const most = 30;

/** The draft that a form sends. Rows are read in their order; gaps close. */
export function draftFrom(values: Values): RuleDraft {
  const one = (name: string): string => {
    const value = values[name];
    return typeof value === "string" ? value : "";
  };
  const draft: RuleDraft = [];
  for (let g = 0; g < most; g++) {
    const rows: RuleRow[] = [];
    for (let r = 0; r < most; r++) {
      const names = rowFields(g, r);
      const attribute = attributes.find((name) => name === one(names.attribute));
      if (!attribute) continue;
      const sent = values[names.values] ?? [];
      rows.push({
        attribute,
        values: (Array.isArray(sent) ? sent : [sent]).filter(Boolean),
        atLeast: one(names.atLeast),
        atMost: one(names.atMost),
      });
    }
    if (rows.length > 0) draft.push(rows);
  }
  return draft;
}

/** The draft that says what a rule says. */
export function draftOf(rule: Rule): RuleDraft {
  return rule.any.map((group) =>
    group.all.map((one): RuleRow => {
      if ("computerShare" in one) {
        const { atLeast, atMost } = one.computerShare;
        return {
          ...emptyRow("computerShare"),
          atLeast: atLeast === undefined ? "" : String(atLeast),
          atMost: atMost === undefined ? "" : String(atMost),
        };
      }
      const [attribute, values] = Object.entries(one)[0] as [Attribute, string[]];
      return { ...emptyRow(attribute), values };
    }),
  );
}

/**
 * What a button of the form does to the draft: `add:<group>` a row about `attribute`, `group` a group that begins with it,
 * `remove:<group>:<row>` a row. Null when it is no such button.
 */
export function redraft(draft: RuleDraft, intent: string, attribute: Attribute): RuleDraft | null {
  const [what, g, r] = intent.split(":");
  if (what === "group") return [...draft, [emptyRow(attribute)]];
  if (what === "add")
    return draft.map((rows, i) => (String(i) === g ? [...rows, emptyRow(attribute)] : rows));
  if (what === "remove")
    return draft
      .map((rows, i) => (String(i) === g ? rows.filter((_, j) => String(j) !== r) : rows))
      .filter((rows) => rows.length > 0);
  return null;
}

/** Where somebody goes on after a button: the row that was added, or the neighbour of one taken away; null where none is left. */
export function placeAfter(
  before: RuleDraft,
  after: RuleDraft,
  intent: string,
): { group: number; row: number } | null {
  const [what, g, r] = intent.split(":");
  if (after.length === 0) return null;
  const last = (group: number): number => (after[group]?.length ?? 1) - 1;
  if (what === "remove") {
    const group = Math.min(Number(g), after.length - 1);
    if (after.length === before.length) return { group, row: Math.min(Number(r), last(group)) };
    return { group, row: group === Number(g) ? 0 : last(group) };
  }
  const group = what === "add" ? Number(g) : after.length - 1;
  return { group, row: last(group) };
}

/** What is wrong with a row. */
export type RowFault = "no_values" | "no_share";
export const rowFaultWords: Record<RowFault, string> = {
  no_values: "Choose at least one.",
  no_share: "Enter whole numbers from 0 to 100, the first not above the second.",
};

/** The rule that a draft says, or which rows (`values.<group>.<row>`) are at fault. */
export function ruleFrom(
  draft: RuleDraft,
): { ok: true; rule: Rule } | { ok: false; faults: Record<string, RowFault> } {
  const faults: Record<string, RowFault> = {};
  const any = draft.map((rows, g) => ({
    all: rows.flatMap((row, r): Condition[] => {
      const parsed = condition.safeParse(asCondition(row));
      if (parsed.success) return [parsed.data];
      faults[rowFields(g, r).values] = row.attribute === "computerShare" ? "no_share" : "no_values";
      return [];
    }),
  }));
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, rule: { any } };
}

function asCondition({ attribute, values, atLeast, atMost }: RuleRow): object {
  if (attribute !== "computerShare") return { [attribute]: values };
  const number = (text: string): number | undefined => (text.trim() === "" ? undefined : Number(text));
  const limits = Object.entries({ atLeast: number(atLeast), atMost: number(atMost) });
  return { computerShare: Object.fromEntries(limits.filter(([, value]) => value !== undefined)) };
}
