import type { Page } from "playwright-core";
import type { Item } from "#app/domain/content/item.ts";
import type { Module } from "#app/domain/content/module.ts";

/** The items of a module by stem: what somebody knows who has read the course book. */
export function keyOf(module: Module): Map<string, Item> {
  const inLessons = module.lessons.flatMap((l) =>
    l.parts.flatMap((p) => (p.kind === "question" ? [p.item] : [])),
  );
  return new Map([...module.items, ...inLessons].map((item) => [plain(item.stem), item]));
}

/** Answers the item shown within `scope` rightly, by its labels, as a person would. */
export async function answerRightly(page: Page, scope: string, key: Map<string, Item>): Promise<void> {
  const area = page.locator(scope);
  const text = plain(await area.innerText());
  const stem = [...key.keys()].filter((one) => text.includes(one)).toSorted((a, b) => b.length - a.length)[0];
  const item = key.get(stem ?? "");
  if (!item) throw new Error(`no item of the module has the stem shown: ${text.slice(0, 200)}`);
  const choose = (label: string, role: "radio" | "checkbox") =>
    area.getByRole(role, { name: label, exact: true }).check();
  switch (item.type) {
    case "single_choice":
      await choose(item.options.find((o) => o.correct)?.text ?? "", "radio");
      return;
    case "multiple_response":
      for (const option of item.options.filter((o) => o.correct)) await choose(option.text, "checkbox");
      return;
    case "true_false":
      await choose(item.answer ? "True" : "False", "radio");
      return;
    case "ordering":
      for (const [i, element] of item.elements.entries())
        await area.getByLabel(`Position of “${element.text}”`).selectOption(String(i + 1));
      return;
    case "matching":
      for (const pair of item.pairs)
        await area.getByLabel(pair.left, { exact: true }).selectOption({ label: pair.right });
      return;
    case "scenario":
      for (const step of item.steps) {
        const right = step.options.find((o) => o.correct)?.text ?? "";
        const group = area.getByRole("group").filter({ hasText: step.stem });
        await group.getByRole("radio", { name: right, exact: true }).check();
      }
  }
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
