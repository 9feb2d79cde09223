import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nextVersion } from "#app/domain/content/version.ts";
import { loadContent } from "#scripts/content.ts";
import {
  complaints,
  expectAccessible,
  openBrowser,
  type Product,
  signedIn,
  startProduct,
} from "./product.ts";

const module = loadContent("content").modules.find((one) => one.slug === "ai-awareness");
const [lesson] = module?.lessons ?? [];
const question = lesson?.parts.flatMap((part) => (part.kind === "question" ? [part.item] : []))[0];
const version = nextVersion(module?.version ?? "", "material");
const asked = "Who answers for what an assistant wrote in your name?";

// One story in the order it happens: each part builds on what the one before left in the database.
describe("a question from its author’s browser to its learners", { timeout: 480_000 }, () => {
  let product: Product;
  let browser: Browser;
  let noor: Page;
  let ines: Page;
  let draft = "";

  beforeAll(async () => {
    [product, browser] = await Promise.all([startProduct(), openBrowser()]);
    noor = await signedIn(browser, product, "noor.haddad@aldermoor.example");
    ines = await signedIn(browser, product, "ines.carvalho@aldermoor.example", {
      width: 390,
      colorScheme: "dark",
    });
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const told = (page: Page, text: string) => page.getByRole("status").getByText(text).waitFor();

  it("Noor begins a draft and adds an item in a form, which is saved as she writes", async () => {
    await noor.goto(`${product.url}/author`);
    await expectAccessible(noor);
    await noor.getByRole("button", { name: `Begin a draft of ${module?.title}` }).click();
    await noor.waitForURL(/\/author\/[\w-]{36}$/);
    draft = new URL(noor.url()).pathname;
    await noor.getByText("Items", { exact: true }).click();
    await noor.getByLabel("Type of a new item").selectOption({ label: "Single choice" });
    await noor.getByRole("button", { name: "Add an item" }).click();
    await noor.waitForURL(/\/edit\/items\.yaml\//);
    await noor.getByText(/^A fault in line \d+ of this text$/).waitFor();
    await expectAccessible(noor);
    await noor.getByLabel("Question", { exact: true }).fill(asked);
    for (const [i, text] of ["You do", "Its maker does", "Nobody does"].entries()) {
      await noor.getByLabel("Text", { exact: true }).nth(i).fill(text);
      await noor.getByLabel("Why", { exact: true }).nth(i).fill(`Because ${text.toLowerCase()}.`);
    }
    await told(noor, "Saved.");
    await noor.getByText("No fault in the module").waitFor();
    await noor.getByRole("link", { name: "Preview" }).last().click();
    await noor.getByRole("group", { name: asked }).waitFor();
    expect(await noor.getByText("Because you do.").count()).toBe(0);
    await noor.getByRole("radio", { name: "You do" }).check();
    await noor.getByRole("button", { name: "Check my answer" }).click();
    await noor.getByText("Because you do.").waitFor();
    await expectAccessible(noor);
  });

  it("she rewrites a question of a lesson through a killed server, and hears of faults with their line", async () => {
    await noor.goto(`${product.url}${draft}/edit/module.md/1`);
    const text = noor.getByLabel("Text", { exact: true });
    const before = await text.inputValue();
    const rewritten = before.replace(question?.stem ?? "?", asked);
    expect(rewritten).not.toBe(before);
    await text.fill(rewritten.replace("riskDomain: ", "riskDomain: many "));
    await noor.getByText(/^A fault in line \d+ of this text$/).waitFor();
    await product.restart();
    await text.fill(rewritten);
    await told(noor, "Saved.");
    await noor.reload();
    expect(await text.inputValue()).toBe(rewritten);
  });

  it("Ines writes there at the same time, and neither overwrites the other unseen", async () => {
    await ines.goto(`${product.url}${draft}/edit/module.md/1`);
    const hers = ines.getByLabel("Text", { exact: true });
    const text = noor.getByLabel("Text", { exact: true });
    const withLine = (of: string, line: string) => of.replace("> **Story.**", `${line}\n\n> **Story.**`);
    await text.fill(withLine(await text.inputValue(), "Noor wrote this line."));
    await told(noor, "Saved.");
    await hers.fill(withLine(await hers.inputValue(), "Ines wrote this line."));
    await ines.getByRole("alert").getByText("Noor Haddad has changed this part meanwhile").waitFor();
    expect(await ines.getByRole("alert").locator("del").first().innerText()).toContain("Noor");
    await expectAccessible(ines);
    expect(await hers.inputValue()).toContain("Ines wrote this line.");
    // Leaving asks first; she takes Noor’s text.
    ines.once("dialog", (dialog) => void dialog.accept());
    await ines.getByRole("link", { name: "Discard mine and take theirs" }).click();
    await ines.getByRole("alert").waitFor({ state: "detached" });
    expect(await hers.inputValue()).toContain("Noor wrote this line.");
  });

  it("Noor submits it as material, sees whom that bears on, and cannot publish it herself", async () => {
    await noor.goto(`${product.url}${draft}/review`);
    await noor.getByText("2 parts differ").waitFor();
    expect(await noor.locator("ins").allInnerTexts()).toContainEqual(
      expect.stringContaining("answers for what"),
    );
    await noor.getByText("If it is published as material today").waitFor();
    await expectAccessible(noor);
    await noor.getByRole("button", { name: "Submit" }).click();
    await noor.getByText("Say whether the change is material or editorial.").waitFor();
    await noor.getByRole("radio", { name: /^Material/ }).check();
    await noor.getByLabel("What has changed").fill("Asks who answers for a text.");
    await noor.getByLabel("New version").fill(version);
    await noor.getByRole("button", { name: "Submit" }).click();
    await told(noor, "Submitted.");
    expect(await noor.getByRole("button", { name: /^Publish/ }).count()).toBe(0);
    await expectAccessible(noor);
  });

  it("Ines reads the change and publishes it; Mila learns it, and certificates have an end", async () => {
    await ines.goto(`${product.url}/author`);
    await ines.getByRole("link", { name: `Open the draft of ${module?.title}` }).click();
    await ines.getByRole("heading", { name: "Publish", exact: true }).waitFor();
    await expectAccessible(ines);
    await ines.getByRole("button", { name: `Publish ${version}` }).click();
    await ines.getByText("Confirm that you have read the changes.").waitFor();
    await ines.getByRole("checkbox", { name: /^I have read the changes/ }).check();
    await ines.getByRole("button", { name: `Publish ${version}` }).click();
    await told(ines, "Published.");
    await expectAccessible(ines);

    const mila = await signedIn(browser, product, "mila.janssen@aldermoor.example");
    await mila.goto(`${product.url}/learn/ai-awareness-yearly/lessons/${lesson?.id}`);
    await mila.getByText(asked).waitFor();
    const august = await signedIn(browser, product, "august.berg@aldermoor.example");
    await august.goto(`${product.url}/admin/audit`);
    await august.getByText("Ended a certificate after a material change").first().waitFor();
  });

  it("stays after a start with the older content folder, and the browsers had nothing to complain of", async () => {
    await product.restart();
    await noor.goto(`${product.url}/author`);
    await noor.getByText(`ai-awareness, version ${version}`).waitFor();
    // What a browser says of a server that was killed in the middle.
    expect(
      complaints.filter(
        (line) => line.includes("/author") && !/ERR_|Failed to load resource|Failed to fetch/.test(line),
      ),
    ).toEqual([]);
  });
});
