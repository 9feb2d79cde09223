import type { Page } from "playwright-core";
import { bestPath, branchPath } from "#app/domain/content/branch.ts";
import type { Item } from "#app/domain/content/item.ts";
import type { Module } from "#app/domain/content/module.ts";
import { type Hand, mouse } from "./hand.ts";

/** The items of a module by stem: what somebody knows who has read the course book. */
export function keyOf(module: Module): Map<string, Item> {
  const inLessons = module.lessons.flatMap((l) =>
    l.parts.flatMap((p) => (p.kind === "question" ? [p.item] : [])),
  );
  return new Map([...module.items, ...inLessons].map((item) => [plain(item.stem), item]));
}

/** Answers the item shown within `scope` rightly, by its labels, as a person would. */
export async function answerRightly(
  page: Page,
  scope: string,
  key: Map<string, Item>,
  hand: Hand = mouse,
): Promise<Item> {
  const area = page.locator(scope);
  const text = plain(await area.innerText());
  const stem = [...key.keys()].filter((one) => text.includes(one)).toSorted((a, b) => b.length - a.length)[0];
  const item = key.get(stem ?? "");
  if (!item) throw new Error(`no item of the module has the stem shown: ${text.slice(0, 200)}`);
  const choose = (label: string, role: "radio" | "checkbox") =>
    hand.tick(area.getByRole(role, { name: plain(label), exact: true }));
  switch (item.type) {
    case "single_choice":
      await choose(item.options.find((o) => o.correct)?.text ?? "", "radio");
      break;
    case "multiple_response":
      for (const option of item.options.filter((o) => o.correct)) await choose(option.text, "checkbox");
      break;
    case "true_false":
      await choose(item.answer ? "True" : "False", "radio");
      break;
    case "ordering":
      for (const [i, element] of item.elements.entries())
        await hand.pick(area.getByLabel(`Position of “${element.text}”`), String(i + 1));
      break;
    case "matching":
      for (const pair of item.pairs) await hand.pick(area.getByLabel(pair.left, { exact: true }), pair.right);
      break;
    case "scenario":
      for (const step of item.steps) {
        const right = step.options.find((o) => o.correct)?.text ?? "";
        const group = area.getByRole("group", { name: plain(step.stem) });
        await hand.tick(group.getByRole("radio", { name: right, exact: true }));
      }
      break;
    case "short_answer":
      await hand.write(area.getByRole("textbox"), item.accepted.find((a) => !a.includes("*")) ?? "");
      break;
    case "mark_up":
      for (const passage of item.passages.filter((o) => o.correct)) await choose(passage.text, "checkbox");
      break;
    case "branching":
      // Each decision is sent by itself and brings the next.
      for (const { chosen } of branchPath(item, bestPath(item)).steps) {
        if (!chosen) break;
        await choose(chosen.text, "radio");
        await hand.press(area.getByRole("button", { name: "Decide" }));
        await area.getByText(plain(chosen.consequence).slice(0, 60)).waitFor();
      }
  }
  return item;
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
