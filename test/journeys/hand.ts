import type { Locator, Page } from "playwright-core";

/** How somebody works a page: what is done to a control, by whatever means. */
export type Hand = {
  /** Follows a link or presses a button. */
  press(control: Locator): Promise<void>;
  /** Chooses a radio button or ticks a checkbox. */
  tick(control: Locator): Promise<void>;
  /** Chooses the option of a list that reads so. */
  pick(list: Locator, label: string): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
};

export const mouse: Hand = {
  press: (control) => control.click(),
  tick: (control) => control.check(),
  pick: async (list, label) => {
    await list.selectOption({ label });
  },
  write: (field, text) => field.fill(text),
};

/** Tabs after which somebody would have given up. */
const patience = 150;

/** A hand that has nothing but a keyboard: it goes from control to control as the page lets it, and never by a pointer. */
export function keyboard(page: Page): Hand {
  const { keyboard: keys } = page;
  const focused = (control: Locator): Promise<boolean> =>
    control.evaluate((element) => element === document.activeElement);

  /** Tabs on until `reached`; fails where the page does not let one get there. */
  const tabTo = async (control: Locator, reached: () => Promise<boolean>): Promise<void> => {
    await control.waitFor();
    for (let tabs = 0; tabs < patience; tabs++) {
      if (await reached()) return expectShown(page);
      await keys.press("Tab");
    }
    throw new Error(`${String(control)} cannot be reached by keyboard on ${page.url()}`);
  };
  const goTo = (control: Locator): Promise<void> => tabTo(control, () => focused(control));

  return {
    async press(control) {
      await goTo(control);
      await keys.press("Enter");
    },
    async tick(control) {
      if ((await control.getAttribute("type")) === "radio") {
        // A group of radio buttons is one stop; within it arrows move and choose.
        await tabTo(control, () =>
          control.evaluate(
            (element) =>
              document.activeElement instanceof HTMLInputElement &&
              document.activeElement.name === (element as HTMLInputElement).name,
          ),
        );
        for (let step = 0; !(await focused(control)); step++) {
          if (step > 20) throw new Error(`${String(control)} cannot be reached by arrow keys`);
          await keys.press("ArrowDown");
        }
      } else await goTo(control);
      if (!(await control.isChecked())) await keys.press("Space");
    },
    async pick(list, label) {
      await goTo(list);
      for (let step = 0; ; step++) {
        const ahead = await list.evaluate((element, wanted) => {
          const { options, selectedIndex } = element as HTMLSelectElement;
          return [...options].findIndex((option) => option.label === wanted) - selectedIndex;
        }, label);
        if (ahead === 0) return;
        if (step > 60) throw new Error(`no option “${label}” can be reached by arrow keys`);
        await keys.press(ahead > 0 ? "ArrowDown" : "ArrowUp");
      }
    },
    async write(field, text) {
      await goTo(field);
      await keys.press("Control+A");
      await keys.type(text);
    },
  };
}

/** That what has the focus can be seen, and is marked as having it (WCAG 2.2, 2.4.7 and 2.4.11), once the page has stopped scrolling. */
async function expectShown(page: Page): Promise<void> {
  let fault = await faultOfFocus(page);
  for (let tries = 0; fault !== null && tries < 10; tries++) {
    await page.waitForTimeout(100);
    fault = await faultOfFocus(page);
  }
  if (fault === null) return;
  const what = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
  throw new Error(`${fault}: ${what} on ${page.url()}`);
}

function faultOfFocus(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "nothing has the focus";
    const label = element.closest("label");
    const marked = [element, label, element.parentElement].some((one) => {
      if (!one) return false;
      const style = getComputedStyle(one);
      return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    });
    if (!marked) return "the focus is not marked";
    // Of a label that runs over several lines, the whole box would begin where other text stands.
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const x = Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1);
    const y = box.top + Math.min(box.height, 20) / 2;
    if (y < 0 || y >= innerHeight) return `the focus is out of sight (at ${Math.round(y)} px)`;
    const top = document.elementFromPoint(x, y);
    const seen = top && (element.contains(top) || top.contains(element) || label?.contains(top));
    return seen ? null : `the focus is covered by ${top?.outerHTML.slice(0, 120)}`;
  });
}
