import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadContent } from "#scripts/content.ts";
import { keyOf } from "./answering.ts";
import { takeAssessment, takeLessons } from "./course.ts";
import { contentWithEveryType } from "./every-type.ts";
import { keyboard } from "./hand.ts";
import {
  complaints,
  expectAccessible,
  openBrowser,
  type Product,
  signedIn,
  startProduct,
} from "./product.ts";

const slug = "ai-for-hr-and-recruiting";

describe("every type of item", { timeout: 300_000 }, () => {
  const content = contentWithEveryType(slug);
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct({ CONTENT_DIR: content.folder }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    content.remove();
  });

  it("is met, answered and explained by keyboard alone, on a narrow screen in the dark", async () => {
    const module = loadContent(content.folder).modules.find((one) => one.slug === slug);
    if (!module) throw new Error(`there is no module ${slug}`);
    const page = await signedIn(browser, product, "noor.haddad@aldermoor.example", {
      width: 390,
      colorScheme: "dark",
    });
    const learner = {
      page,
      course: `${product.url}/learn/ai-hr-and-recruiting-yearly`,
      key: keyOf(module),
      rightChoices: new Set<string>(),
      hand: keyboard(page),
      look: async (place: string) => {
        if (/^(item \d|result)/.test(place)) await expectAccessible(page);
        // What came of the last decision has the focus, so that it is read before anything else.
        if (place.endsWith("(branching)"))
          expect(await page.locator(":focus").getAttribute("id"), place).toMatch(/^decision-\d$/);
      },
    };
    await page.goto(learner.course);
    await takeLessons(learner);
    const types = await takeAssessment(learner);
    expect([...types].toSorted()).toEqual([
      "branching",
      "mark_up",
      "matching",
      "multiple_response",
      "ordering",
      "scenario",
      "short_answer",
      "single_choice",
      "true_false",
    ]);
    expect(complaints).toEqual([]);
  });
});
