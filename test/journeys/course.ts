import type { Page } from "playwright-core";
import type { Item } from "#app/domain/content/item.ts";
import { answerRightly } from "./answering.ts";
import type { Hand } from "./hand.ts";

/** Somebody who takes a course, and how: nothing but its overview is opened by its address. */
export type Learner = {
  page: Page;
  /** Address of the overview. */
  course: string;
  /** What they know. */
  key: Map<string, Item>;
  /** The right choices of the questions on policies. */
  rightChoices: ReadonlySet<string>;
  hand: Hand;
  /** Called wherever they would look up, with a name of the place. */
  look: (place: string) => Promise<void>;
};

const at = ({ page }: Learner, path: string | RegExp): Promise<void> =>
  page.waitForURL(({ pathname }) => (typeof path === "string" ? pathname === path : path.test(pathname)));
const overview = ({ course }: Learner): string => new URL(course).pathname;

/** From the overview through every lesson and back, with all its questions; answers the item types met. */
export async function takeLessons(learner: Learner): Promise<Set<Item["type"]>> {
  const { page, key, hand, look } = learner;
  const types = new Set<Item["type"]>();
  const way = page.getByRole("region", { name: "Your way" });
  await hand.press(way.getByRole("link").first());
  await at(learner, /\/lessons\//);
  for (let lesson = 1; ; lesson++) {
    await page.locator("#part-0").waitFor();
    await look(`lesson ${lesson}`);
    for (let part = 0; ; part++) {
      const section = `#part-${part}`;
      const area = page.locator(section);
      const next = page.locator(`#part-${part + 1}, #end`);
      await area.or(page.locator("#end")).first().waitFor();
      if ((await area.count()) === 0) break;
      if ((await next.count()) > 0) continue;
      const check = area.getByRole("button", { name: "Check my answer" });
      if ((await check.count()) > 0) {
        types.add((await answerRightly(page, section, key, hand)).type);
        await hand.press(check);
        await check.waitFor({ state: "detached" });
      } else await hand.press(area.getByRole("button", { name: /^(Continue|Finish the lesson)$/ }));
      await next.first().waitFor();
    }
    await look(`lesson ${lesson} done`);
    const end = page.locator("#end");
    const following = end.getByRole("link", { name: /^Next/ });
    if ((await following.count()) === 0) break;
    const before = new URL(page.url()).pathname;
    await hand.press(following);
    await page.waitForURL((url) => url.pathname !== before);
  }
  await hand.press(page.locator("#end").getByRole("link", { name: /^(What comes next|To the overview)$/ }));
  await at(learner, overview(learner));
  await look("lessons done");
  return types;
}

/** From the overview to the policies that are to be acknowledged, each after its questions, and back; nothing where none is. */
export async function acknowledgePolicies(learner: Learner): Promise<void> {
  const { page, hand, look, rightChoices } = learner;
  const main = page.getByRole("main");
  const policies = main.getByRole("link", { name: "To the policies" });
  if ((await policies.count()) === 0) return;
  await hand.press(policies);
  await at(learner, /\/acknowledge$/);
  await look("policies");
  const list = new URL(page.url()).pathname;
  const open = main.getByRole("link", { name: /^Read and acknowledge/ });
  for (let left = await open.count(); left > 0; left--) {
    await hand.press(open.first());
    await at(learner, /^\/policies\//);
    await main.locator("fieldset").first().waitFor();
    await look(`policy, ${left} left`);
    for (const choice of await main.locator("fieldset").getByRole("radio").all())
      if (rightChoices.has((await choice.locator("xpath=..").innerText()).trim())) await hand.tick(choice);
    await hand.tick(main.getByRole("checkbox"));
    await hand.press(main.getByRole("button", { name: "Acknowledge" }));
    await at(learner, list);
  }
  await hand.press(main.getByRole("link").first());
  await at(learner, overview(learner));
}

/** From the overview to the result of an assessment in which every answer is right; answers the item types met. */
export async function takeAssessment(learner: Learner): Promise<Set<Item["type"]>> {
  const { page, key, hand, look } = learner;
  const types = new Set<Item["type"]>();
  const main = page.getByRole("main");
  await look("ready for the assessment");
  await hand.press(main.getByRole("link", { name: "To the assessment" }));
  await at(learner, /\/assessment$/);
  await look("assessment, before");
  await hand.press(main.getByRole("button", { name: "Start now" }));
  await at(learner, /\/attempts\//);
  const items = page.getByRole("navigation", { name: "Items" }).getByRole("listitem");
  await items.first().waitFor();
  const total = await items.count();
  for (let i = 1; i <= total; i++) {
    await page.getByRole("heading", { level: 1, name: `Item ${i} of ${total}` }).waitFor();
    const { type } = await answerRightly(page, "#answer-form", key, hand);
    types.add(type);
    await look(`item ${i} (${type})`);
    await hand.press(page.getByRole("button", { name: i === total ? "Save and review" : "Save and next" }));
    await page.waitForURL(({ search }) => search !== "" && search !== `?q=${i}`);
  }
  await page.getByText("Everything is answered").waitFor();
  await look("review");
  await hand.press(page.getByRole("button", { name: "Submit my answers" }));
  await at(learner, /\/result$/);
  await main.getByText("100 %").first().waitFor();
  await look("result");
  return types;
}
