import type { Item } from "./item.ts";

export const itemTypeNames: Record<Item["type"], string> = {
  single_choice: "Single choice",
  multiple_response: "Multiple response",
  true_false: "True or false",
  ordering: "Ordering",
  matching: "Matching",
  scenario: "Scenario",
  short_answer: "Short answer",
  mark_up: "Passages to mark",
  branching: "Branching scenario",
};

/** All that an item says, key included, as lines of text: for people who compare versions and read no YAML. */
export function plainItem(item: Item): string {
  const tags = [
    itemTypeNames[item.type],
    `objective ${item.objective}`,
    item.level,
    `risk domain ${item.riskDomain}`,
    `difficulty ${item.difficulty}`,
    ...(item.clause ? [item.clause] : []),
    ...(item.audiences ? [`for ${item.audiences.join(", ")}`] : []),
  ];
  return [tags.join(" · "), item.stem, ...body(item)].join("\n");
}

type Option = { text: string; correct: boolean; feedback: string };

const options = (list: readonly Option[]): string[] =>
  list.flatMap(({ text, correct, feedback }) => [
    `${correct ? "Right" : "Wrong"}: ${text}`,
    `  Why: ${feedback}`,
  ]);

function body(item: Item): string[] {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return options(item.options);
    case "mark_up":
      return item.passages.flatMap(({ text, correct, feedback }) => [
        `${correct ? "To mark" : "To leave"}: ${text}`,
        `  Why: ${feedback}`,
      ]);
    case "true_false":
      return [
        `Right: ${item.answer ? "True" : "False"}`,
        `  On “True”: ${item.feedback.true}`,
        `  On “False”: ${item.feedback.false}`,
      ];
    case "ordering":
      return [...item.elements.map(({ text }, i) => `${i + 1}. ${text}`), `Why: ${item.feedback}`];
    case "matching":
      return [...item.pairs.map(({ left, right }) => `${left} → ${right}`), `Why: ${item.feedback}`];
    case "scenario":
      return item.steps.flatMap((step, i) => [`Step ${i + 1}: ${step.stem}`, ...options(step.options)]);
    case "short_answer":
      return [
        ...item.accepted.map((answer) => `Accepted: ${answer}`),
        `On a right answer: ${item.feedback}`,
        `On a wrong answer: ${item.wrong}`,
      ];
    case "branching":
      return [
        ...item.nodes.flatMap((node) => [
          `${node.id === item.start ? "Begins with" : "Then"} ${node.id}: ${node.stem}`,
          ...node.options.flatMap(({ text, consequence, next, score }) => [
            `${next === undefined ? `Ends with score ${score ?? 0}` : `Leads to ${next}`}: ${text}`,
            `  ${consequence}`,
          ]),
        ]),
        `Afterwards: ${item.debrief}`,
      ];
  }
}
