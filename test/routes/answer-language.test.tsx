import { createRemixStub } from "@remix-run/testing";
import React from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { answerText } from "#app/domain/assistant/answer-text.ts";
import { answerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { languageOf } from "#app/domain/assistant/language-detection.ts";
import { action as askAction } from "#app/routes/_app.ask._index/route.tsx";
import Question, { action, loader } from "#app/routes/_app.ask.$questionId/route.tsx";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { publishSample } from "#test/sample.ts";

// There is no layout on a server; React would warn of each effect that the stub brings.
Object.assign(React, { useLayoutEffect: React.useEffect });

const now = new Date("2026-11-24T09:00:00Z");
type Page = Awaited<ReturnType<typeof loader>>;

async function aWorld(db: Db) {
  await publishSample(db, new Date("2026-11-23T08:00:00Z"));
  let minutes = 0;
  const context = services(db, now, { now: () => new Date(now.getTime() + 60_000 * minutes++) });
  const visit = (path: string) => ({
    as: "p-mila",
    params: { questionId: /\/ask\/([^?#/]+)/.exec(path)?.[1] ?? "" },
  });
  return {
    ask: async (text: string) =>
      (await send(askAction, context, "/ask", { text }, { as: "p-mila" })).location ?? "",
    see: async (path: string) => (await open<Page>(loader, context, path, visit(path))).body,
    answer: async (path: string, fields: Record<string, string | string[]>) =>
      (await send(action, context, path, fields, visit(path))).location ?? "",
  };
}

/** The page as a browser without scripts gets it. */
function drawn(page: Page): string {
  const Stub = createRemixStub([
    { id: "answer", path: "/ask/:questionId", Component: Question, loader: () => page },
  ]);
  const at = `/ask/${page.id}`;
  return renderToStaticMarkup(
    <Stub initialEntries={[at]} hydrationData={{ loaderData: { answer: page } }} />,
  );
}

const voidTags = new Set(["input", "br", "hr", "img", "meta", "link"]);

/** The texts of a page by the language that the nearest element around them names; the page's own is "page". */
function textsByLanguage(html: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  const around: string[] = ["page"];
  // The answer to copy holds clauses as they are written.
  const read = html.replace(/<textarea[^>]*>[^<]*<\/textarea>/g, "");
  for (const [, closing, tag = "", attributes = "", text] of read.matchAll(
    /<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/g,
  )) {
    const language = around.at(-1) ?? "page";
    if (text !== undefined) texts.set(language, [...(texts.get(language) ?? []), text]);
    else if (closing) around.pop();
    else if (!voidTags.has(tag) && !attributes.endsWith("/"))
      around.push(/ lang="(\w+)"/.exec(attributes)?.[1] ?? language);
  }
  return texts;
}

const englishWords =
  /(?<!\p{L})(?:the|and|of|is|are|you|your|what|which|with|by|from|that|this|not|until)(?!\p{L})/iu;
const questions = {
  de: {
    cleared: "Darf ich mit Parlance eine öffentliche Broschüre übersetzen?",
    refused: "Darf ich mit Quillmate Kundendaten übersetzen?",
    open: "Darf ich Quillmate nutzen?",
    flagged: "Darf ich mit Hirelens Bewerbungen für die Stelle sortieren?",
  },
  fr: {
    cleared: "Puis-je traduire un document public avec Parlance ?",
    refused: "Puis-je traduire des données de clients avec Quillmate ?",
    open: "Puis-je utiliser Quillmate ?",
    flagged: "Pouvons-nous trier les candidatures avec Hirelens ?",
  },
  es: {
    cleared: "¿Puedo usar Parlance para traducir un texto público al inglés?",
    refused: "¿Puedo usar Quillmate para traducir un texto público al inglés?",
    open: "¿Puedo usar Quillmate?",
    flagged: "¿Podemos ordenar las solicitudes de empleo de los candidatos con Hirelens?",
  },
} as const;

onBothEngines("an answer in the language of the question", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) => () =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  for (const language of ["de", "fr", "es"] as const) {
    const words = answerWords[language];
    const own = (html: string): string => (textsByLanguage(html).get(language) ?? []).join("\n");
    const cases = ["cleared", "refused", "open", "flagged"] as const;

    it.each(cases)(
      `${language}: names the language of all it says, and leaves none of it in English (%s)`,
      (kind) =>
        world(async ({ ask, see }) => {
          const text = questions[language][kind];
          const page = await see(await ask(text));
          expect(page.language).toBe(language);
          const html = drawn(page);
          const said = own(html);
          expect(said).toContain(text.replaceAll("'", "&#x27;"));
          expect(said).toContain(words.outcomes[page.verdict.outcome]);
          expect(said).toContain(words.headings.understood);
          // Tools are called as the register calls them.
          const tools = page.correction.flatMap((c) =>
            c.fact === "system" ? c.choices.map((t) => t.label) : [],
          );
          for (const one of textsByLanguage(html).get(language) ?? [])
            if (!tools.includes(one)) expect(one).not.toMatch(englishWords);
          // Policies are quoted as they are written.
          const english = (textsByLanguage(html).get("en") ?? []).join("\n");
          for (const { heading } of page.answer.quotes) expect(english).toContain(heading);
        })(),
    );

    it(
      `${language}: clears, refuses and flags by the same rules in its words`,
      world(async ({ ask, see }) => {
        const { cleared, refused, flagged } = questions[language];
        const yes = await see(await ask(cleared));
        expect(yes.verdict.outcome).toBe("cleared");
        expect(yes.conditions.map((c) => c.language)).toContain("en");
        expect(drawn(yes)).toMatch(/<time dateTime="[\d-]+">[^<]+<\/time>/);
        expect(own(drawn(yes))).toContain(words.page.path.verdict);
        expect(own(drawn(yes))).toContain(`${words.sources.asker.inferred} · `);
        const no = await see(await ask(refused));
        expect(no.verdict.outcome).toBe("not_allowed");
        expect(own(drawn(no))).toContain("Parlance");
        const grave = await see(await ask(flagged));
        expect(grave.verdict).toMatchObject({ outcome: "flagged", flagged: true });
        expect(own(drawn(grave))).toContain(words.riskClasses.high_risk);
        expect(own(drawn(grave))).toContain(words.page.riskFlag);
        expect(own(drawn(grave))).toContain(words.page.next.reviewer);
        expect(answerText(grave)).toContain(`\n${words.headings.why}:\n`);
      }),
    );

    it(
      `${language}: says in its words what was masked`,
      world(async ({ ask, see }) => {
        const page = await see(await ask(`${questions[language].flagged} anna@aldermoor.example`));
        expect(page.language).toBe(language);
        expect(own(drawn(page))).toContain(
          fill(words.page.masked, { values: `1 ${words.page.maskedKinds["e-mail address"][0]}` }),
        );
      }),
    );

    it(
      `${language}: asks back in its words and stays in it after a choice`,
      world(async ({ ask, see, answer }) => {
        const path = await ask(questions[language].open);
        const asked = await see(path);
        expect(asked.answer.askBack[0]?.prompt).toBe(words.askBack.prompts.purposes);
        expect(own(drawn(asked))).toContain(words.askBack.notSure);
        const next = await see(
          await answer(path, { intent: "choose", purposes: ["summarise"], dataClasses: ["internal"] }),
        );
        expect(next.language).toBe(language);
        const turn = next.turns.at(-1)?.text ?? "";
        expect(turn).toContain(`${words.facts.titles.dataClasses}: ${words.facts.dataClasses.internal}`);
        expect(drawn(next)).toContain(`lang="${language}"`);
        const again = await see(await answer(`/ask/${next.id}`, { intent: "judge-again" }));
        expect(again).toMatchObject({ language, turns: [{}, { text: words.turns.judgedAgain }] });
      }),
    );
  }

  it(
    "en: is told as before",
    world(async ({ ask, see }) => {
      const text = "May I use Quillmate to summarise an internal memo?";
      expect(languageOf(text)).toBe("en");
      const page = await see(await ask(text));
      const html = drawn(page);
      expect(html).toContain("Yes, if you keep the conditions below.");
      expect([...textsByLanguage(html).keys()].toSorted()).toEqual(["en", "page"]);
    }),
  );
});
