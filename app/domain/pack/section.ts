import type { Reminders } from "../competence/reminder.ts";
import type { PackScope } from "./scope.ts";

/** A file of a pack, made when it is read, so that a build can go on where it ended. */
export type PackFile = {
  path: string;
  /** What it shows, in plain words, for the index. */
  shows: string;
  /** Whether the index names it; the pages of a long table are found from the first. */
  hidden?: boolean;
  content(): AsyncIterable<string | Uint8Array>;
};

/** What the files of a pack are made from. */
export type PackOrder = {
  id: string;
  scope: PackScope;
  requestedBy: { id: string; name: string };
  madeAt: Date;
  /** The last seal that the pack goes up to: 0 when there is none. */
  lastSeal: number;
  /** The ladder of reminders as published. */
  reminders?: Reminders;
};

/** A clause of the index: what is asked, and what the pack holds to show it. */
export type Clause = {
  /** Name of the folder. */
  folder: string;
  source: string;
  title: string;
  /** What the clause asks of an organisation, in plain words. */
  asks: string;
  /** What it says when there is nothing to show. */
  none?: string;
};

const iso = "ISO/IEC 42001:2023";
const aiAct = "Regulation (EU) 2024/1689";

/** The index of a pack, in its order. */
export const clauses = {
  competence: {
    folder: "7.2-a",
    source: `${iso} 7.2 a)`,
    title: "Competence that is needed",
    asks: "Determine the competence needed by those whose work affects the performance of AI.",
  },
  people: {
    folder: "7.2-b-d",
    source: `${iso} 7.2 b) and d)`,
    title: "People are competent, and the proof of it",
    asks: "Ensure that these people are competent, and keep documented information as evidence.",
  },
  effectiveness: {
    folder: "7.2-c",
    source: `${iso} 7.2 c)`,
    title: "Effectiveness of what was done",
    asks: "Act to acquire the competence where it is missing, and evaluate whether that was effective.",
    none: "No evaluation of effectiveness lies within this scope and time.",
  },
  awareness: {
    folder: "7.3",
    source: `${iso} 7.3`,
    title: "Awareness",
    asks: "People know the AI policy, what they contribute, and what it means not to conform.",
  },
  communication: {
    folder: "7.4",
    source: `${iso} 7.4`,
    title: "Communication",
    asks: "Determine what is communicated, when, with whom and how.",
    none: "No message lies within this scope and time.",
  },
  documents: {
    folder: "7.5",
    source: `${iso} 7.5`,
    title: "Documented information",
    asks: "Documented information is identified, reviewed, approved and kept, version by version.",
  },
  figures: {
    folder: "9.1",
    source: `${iso} 9.1`,
    title: "Figures",
    asks: "Monitor and measure, by methods that give valid results.",
  },
  review: {
    folder: "9.3",
    source: `${iso} 9.3`,
    title: "Management review",
    asks: "Top management reviews the management system at planned intervals, and keeps the results.",
    none: "No management review was held within this time; a pack of some departments or requirements has none, because a review is about all.",
  },
  corrective: {
    folder: "10.2",
    source: `${iso} 10.2`,
    title: "Nonconformity and corrective action",
    asks: "React to nonconformities, remove their causes and review whether that worked.",
    none: "No corrective action lies within this scope and time.",
  },
  literacy: {
    folder: "eu-ai-act-4",
    source: `${aiAct} Art. 4`,
    title: "Measures for AI literacy",
    asks: "Take measures that support the AI literacy of staff and of others who act for the organisation. The article asks for measures and guarantees no level: no score here means compliance.",
  },
  oversight: {
    folder: "eu-ai-act-26-2",
    source: `${aiAct} Art. 26(2)`,
    title: "Overseers of high-risk systems",
    asks: "Assign human oversight to people with the necessary competence, training and authority.",
  },
  texas: {
    folder: "texas-hb-3512",
    source: "Texas HB 3512 (2025), Government Code 2054.5191",
    title: "Yearly AI training",
    asks: "State and local government employees who use a computer for at least 25 % of their duties complete certified AI training at least once a year. Of use to such bodies only. A completion counts where the requirement records that the Department of Information Resources had certified the training on that day.",
  },
  samples: {
    folder: "samples",
    source: "Audit",
    title: "Random samples",
    asks: "What auditors drew at random, in a way that anybody can draw again.",
    none: "No sample was drawn within this time.",
  },
  evidence: {
    folder: "evidence",
    source: "Proof",
    title: "Statements, audit log and seals",
    asks: "Show that nothing was changed since it was sealed.",
  },
} as const satisfies Record<string, Clause>;

export type ClauseName = keyof typeof clauses;
