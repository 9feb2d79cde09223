import { stringify } from "yaml";
import type { Item } from "./item.ts";

/** What a new lesson begins with: the parts a lesson should have, with their texts still to write. */
export function lessonTemplate(of: {
  title: string;
  id: string;
  objective: string;
  question: string;
}): string {
  return [
    `# ${of.title.replace(/\s+/g, " ").trim()}`,
    fence("lesson", `id: ${of.id}\nminutes: 3\nobjectives: [${of.objective}]`),
    fence(
      "question",
      itemTemplate({ type: "single_choice", id: of.question, objective: of.objective }).trimEnd(),
    ),
    lessonPrompts.text,
    lessonPrompts.story,
    fence("tomorrow", lessonPrompts.tomorrow),
  ].join("\n\n");
}

/** What a new lesson says where its author is to write; a module that still says it is not published. */
export const lessonPrompts = {
  text: "Write here what there is to know.",
  story: "> **Story.** Tell what happened to somebody at work.",
  tomorrow: "Say one thing to do tomorrow.",
};

const fence = (kind: string, text: string): string => `\`\`\`${kind}\n${text}\n\`\`\``;

/** What a new figure begins with: it does not say yet what it shows, so it cannot be published. */
export const figureTemplate = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320" role="img" aria-labelledby="t d">
  <title id="t"></title>
  <desc id="d"></desc>
  <rect x="40" y="100" width="240" height="120" rx="12" fill="none" stroke="currentColor" stroke-width="2" />
  <text x="160" y="166" text-anchor="middle" font-size="24" fill="currentColor">First</text>
  <path d="M 290 160 H 350" stroke="currentColor" stroke-width="2" />
  <rect x="360" y="100" width="240" height="120" rx="12" fill="none" stroke="currentColor" stroke-width="2" />
  <text x="480" y="166" text-anchor="middle" font-size="24" fill="currentColor">Then</text>
</svg>
`;

/** What a new item begins with. Its texts are empty, so that it cannot be published before they are written. */
export function itemTemplate(of: { type: Item["type"]; id: string; objective: string }): string {
  const common = {
    id: of.id,
    type: of.type,
    objective: of.objective,
    level: "apply",
    riskDomain: 7,
    stem: "",
  };
  // Steps begin alike and are written apart: one that refers to another would change with it.
  return stringify({ ...common, ...bodyOf(of.type) }, { lineWidth: 0, aliasDuplicateObjects: false });
}

const option = (id: string, correct: boolean) => ({
  id,
  text: "",
  ...(correct ? { correct } : {}),
  feedback: "",
});

function bodyOf(type: Item["type"]): Record<string, unknown> {
  const three = [option("a", true), option("b", false), option("c", false)];
  switch (type) {
    case "single_choice":
    case "multiple_response":
      return { options: three };
    case "mark_up":
      return { passages: three };
    case "true_false":
      return { answer: true, feedback: { true: "", false: "" } };
    case "ordering":
      return { elements: ["a", "b", "c"].map((id) => ({ id, text: "" })), feedback: "" };
    case "matching":
      return { pairs: ["a", "b", "c"].map((id) => ({ id, left: "", right: "" })), feedback: "" };
    case "scenario":
      return { steps: ["s1", "s2"].map((id) => ({ id, stem: "", options: three })) };
    case "short_answer":
      return { accepted: [""], feedback: "", wrong: "" };
    case "branching":
      return {
        start: "n1",
        nodes: [
          {
            id: "n1",
            stem: "",
            options: [
              { id: "a", text: "", consequence: "", next: "n2" },
              { id: "b", text: "", consequence: "", score: 0 },
            ],
          },
          {
            id: "n2",
            stem: "",
            options: [
              { id: "a", text: "", consequence: "", score: 1 },
              { id: "b", text: "", consequence: "", score: 0 },
            ],
          },
        ],
        debrief: "",
      };
  }
}

/** An id made of a title that none of `taken` has: `data-classes`, `data-classes-2` … */
export function idFrom(title: string, taken: readonly string[]): string {
  const base =
    title
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 60) || "part";
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(id)) return id;
  }
}

/** The id that follows the last of `ids` that ends in a number: `pm-061` after `pm-060`. */
export function nextId(ids: readonly string[]): string {
  const last = ids.findLast((id) => /\d$/.test(id)) ?? "item-000";
  const [, stem = "", digits = "0"] = /^(.*?)(\d+)$/.exec(last) ?? [];
  for (let n = Number(digits) + 1; ; n++) {
    const id = `${stem}${String(n).padStart(digits.length, "0")}`;
    if (!ids.includes(id)) return id;
  }
}
