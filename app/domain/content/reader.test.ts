import { describe, expect, it } from "vitest";
import { aModule } from "#test/course.ts";
import { parseModule } from "./source.ts";
import { forReader, listedTitle, type Reader } from "./reader.ts";

const nobody: Reader = { audiences: [], aiRoles: [], system: null };
const hirelens = {
  name: "Hire<lens>",
  vendor: "Talentry",
  purpose: "sorting applications",
  area: "employment",
};

function moduleWith(body: string) {
  const head = `---
slug: m
title: Overseeing {{system.name}}
summary: For its overseers.
version: "1.0.0"
language: en
minutes: 5
audiences: [overseers]
objectives: [{ id: o1, text: "Stop {{ system.name }}" }]
crosswalk: []
acknowledges: []
change: material
changeNote: First.
approver: p-1
assessment: { passMark: 0.8, attempts: 3, coolDownHours: 24, minutes: 10, blueprint: [{ objective: o1, items: 1 }] }
---

# One

\`\`\`lesson
id: one
minutes: 2
objectives: [o1]
\`\`\`

${body}
`;
  const items = `items:
  - { id: i1, type: true_false, objective: o1, level: apply, riskDomain: 5, stem: "May you stop {{system.name}}?", answer: true, feedback: { "true": "Yes.", "false": "You may." } }
`;
  return parseModule(head, items, { module: "module.md", items: "items.yaml" });
}

const tailored = `For all.

\`\`\`only
aiRoles: [provider]
audiences: [engineers]
---
For **engineers** of providers.
\`\`\`

For all again.`;

describe("a passage for some", () => {
  const html = (reader: Reader): string => {
    const [part] = forReader(moduleWith(tailored), reader).lessons[0]?.parts ?? [];
    return part?.kind === "text" ? part.html : "";
  };

  it("is one part with the text around it, so that progress is the same for everybody", () => {
    expect(moduleWith(tailored).lessons[0]?.parts).toHaveLength(1);
  });

  it("is read by those it names and by nobody else", () => {
    expect(html({ audiences: ["engineers"], aiRoles: ["provider"], system: null })).toContain(
      "<strong>engineers</strong>",
    );
    for (const reader of [
      nobody,
      { ...nobody, audiences: ["engineers"] },
      { ...nobody, aiRoles: ["provider" as const] },
    ]) {
      expect(html(reader)).not.toContain("engineers");
      expect(html(reader)).toContain("For all again.");
      expect(html(reader)).not.toContain("section");
    }
  });

  it.each([
    ["```only\naiRoles: [boss]\n---\nText.\n```\n\nMore.", /module\.md:\d+: aiRoles\.0/],
    ["```only\n{}\n---\nText.\n```\n\nMore.", /name audiences or aiRoles/],
    ["```only\naiRoles: [provider]\nText.\n```", /has a line ---/],
    ["```only\naiRoles: [provider]\n---\nText.\n```", /must stand beside/],
  ])("is refused when it cannot be read: %j", (body, reason) => {
    expect(() => moduleWith(body)).toThrow(reason);
  });
});

describe("a module about a system", () => {
  it("names it in titles, lessons and items, and lets nothing in it become markup", () => {
    const module = forReader(moduleWith("Look at {{system.name}} by {{system.vendor}}."), {
      ...nobody,
      system: hirelens,
    });
    expect(module.title).toBe("Overseeing Hire<lens>");
    expect(module.objectives[0]?.text).toBe("Stop Hire<lens>");
    expect(module.items[0]?.stem).toBe("May you stop Hire<lens>?");
    expect(module.lessons[0]?.parts[0]).toMatchObject({
      html: "<p>Look at Hire&lt;lens&gt; by Talentry.</p>",
    });
  });

  it("leaves every other module as it is", () => {
    const module = aModule();
    expect(forReader(module, nobody)).toEqual(module);
  });
});

it.each([
  ["Overseeing {{system.name}}", null, "Overseeing an AI system"],
  ["Overseeing {{ system.name }}", "HireLens", "Overseeing HireLens"],
  ["AI basics", "HireLens", "AI basics"],
])("lists %s about %s as %s", (title, system, listed) => {
  expect(listedTitle(title, system)).toBe(listed);
});
