import { createRemixStub } from "@remix-run/testing";
import React from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DueLine } from "#app/components/requirement-card.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { type Language } from "#app/domain/content/language.ts";
import "./catalogues.server.ts";
import { Listed, Rich, useLangOf, useT } from "./use-t.tsx";

// There is no layout on a server; React would warn of each effect that the stub brings.
Object.assign(React, { useLayoutEffect: React.useEffect });

/** What a component says to a reader of a language. */
function drawn(language: Language, Component: () => React.ReactNode): string {
  const Stub = createRemixStub([
    { id: "root", path: "/", Component: () => <>{Component()}</>, loader: () => ({ language }) },
  ]);
  return renderToStaticMarkup(<Stub hydrationData={{ loaderData: { root: { language } } }} />);
}

describe("texts of the interface", () => {
  it.each<[Language, string]>([
    ["en", "You are competent until 24 Nov 2027. The lessons stay open to you."],
    ["de", "Ihre Kompetenz gilt bis 24. Nov. 2027. Die Lektionen bleiben Ihnen offen."],
    ["fr", "Votre compétence est valable jusqu’au 24 nov. 2027. Les leçons vous restent ouvertes."],
    ["es", "Su competencia vale hasta el 24 nov 2027. Las lecciones siguen a su disposición."],
  ])("carry what stands inside them, in %s", (language, said) => {
    const html = drawn(language, () => (
      <Rich
        text="You are competent until <day/>. The lessons stay open to you."
        elements={{ day: <Day at="2027-11-24T00:00:00.000Z" /> }}
      />
    ));
    expect(html).toContain('<time dateTime="2027-11-24">');
    expect(html.replace(/<[^>]+>/g, "")).toBe(said);
  });

  it("never read values as elements", () => {
    const name = "<day/> & <b>bold</b>";
    const Hello = () => (
      <Rich text="Your {{place}}: <given/>" values={{ place: name }} elements={{ given: <i>{name}</i> }} />
    );
    const safe = "&lt;day/&gt; &amp; &lt;b&gt;bold&lt;/b&gt;";
    expect(drawn("en", Hello)).toBe(`Your ${safe}: <i>${safe}</i>`);
  });

  it.each<[Language, string]>([
    ["en", "Due 25 Nov 2026 · in 1 day"],
    ["de", "Fällig am 25. Nov. 2026 · in 1 Tag"],
    ["fr", "Échéance le 25 nov. 2026 · dans 1 jour"],
    ["es", "Vence el 25 nov 2026 · en 1 día"],
  ])("follow numbers, in %s", (language, said) => {
    const [now, dueAt] = [new Date("2026-11-24T09:00:00Z"), new Date("2026-11-25T09:00:00Z")];
    const Line = () => (
      <DueLine state="in_progress" dueAt={dueAt} completedAt={null} expiresAt={null} now={now} />
    );
    expect(drawn(language, Line).replace(/<[^>]+>/g, "")).toBe(said);
  });

  it("name things, and the language of what is not the page's", () => {
    const Names = () => <Listed names={["A", "B", "C"]} lang={useLangOf()("en")} />;
    const named = (html: string): string => html.replace(/<span>(\w)<\/span>/g, "$1");
    expect(named(drawn("en", Names))).toBe("A, B and C");
    expect(drawn("de", Names)).toBe(
      '<span lang="en">A</span>, <span lang="en">B</span> und <span lang="en">C</span>',
    );
  });

  it("stay English where nothing is known", () => {
    const Unknown = () => useT()("Nobody has translated this {{thing}}", { thing: "text" });
    expect(drawn("fr", Unknown)).toBe("Nobody has translated this text");
  });
});
