import { withMarks } from "#app/domain/content/follow.ts";
import type { ModuleSource } from "#app/domain/content/module-source.ts";

/** How the source of a short module begins, up to the text of its first lesson. */
export const shortStart = `---
slug: short
title: Short
summary: A short one.
version: "1.0.0"
language: en
minutes: 5
objectives:
  - { id: o1, text: Know }
crosswalk: [ISO/IEC 42001:2023 7.2]
acknowledges: []
change: material
changeNote: First.
approver: p-ravi
assessment:
  passMark: 0.8
  attempts: 3
  coolDownHours: 24
  minutes: 10
  blueprint:
    - { objective: o1, items: 1 }
---

# First lesson

\`\`\`lesson
id: first
minutes: 3
objectives: [o1]
\`\`\`

`;

/** A module with a part of each kind, in English and German, marked. */
export const shortModule: ModuleSource = withMarks({
  "module.md": `${shortStart}Read this.

\`\`\`question
id: q1
type: true_false
objective: o1
level: apply
riskDomain: 1
stem: Is it read?
answer: true
feedback: { true: Yes it is., false: It is. }
\`\`\`
`,
  "items.yaml": `items:
  - id: i1
    type: single_choice
    objective: o1
    level: apply
    riskDomain: 1
    difficulty: 0.5
    stem: Which way?
    options:
      - { id: a, text: This way, correct: true, feedback: It is. }
      - { id: b, text: That way, feedback: It is not. }
`,
  "module.de.md": `---
language: de
title: Kurz
summary: Ein kurzes.
objectives:
  - { id: o1, text: Wissen }
---

# Erste Lektion

\`\`\`lesson
id: first
\`\`\`

Lesen Sie das.

\`\`\`question
id: q1
stem: Wird es gelesen?
feedback: { true: Ja., false: Doch. }
\`\`\`
`,
  "items.de.yaml": `items:
  # Read by an editor.
  - id: i1
    stem: Welcher Weg?
    options:
      - { id: a, text: Dieser, feedback: Ja. }
      - { id: b, text: Jener, feedback: Nein. }
`,
});
