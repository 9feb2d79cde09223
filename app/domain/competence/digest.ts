import type { NoticeTopic } from "../communication/notice.ts";
import { fill, literally, type MailBook, mailIn, plainOf } from "../communication/mail-text.ts";
import { mailDocument } from "../communication/mail-html.ts";
import type { Language } from "../content/language.ts";
import { renderMarkdown } from "../content/markdown.ts";
import type { Stage } from "./reminder.ts";

/** Somebody's training that is late, in the mail of a manager or of HR. */
export type LateLine = {
  personId: string;
  name: string;
  title: string;
  status: "overdue" | "expired";
  since: Date;
};

/** How a notice of a policy is worded: an acknowledgement is given once, and does not expire. */
export type PolicyStage = Extract<Stage, "assigned" | "due" | "overdue">;

/** All there is to tell one person on one day. */
export type DigestFacts = {
  name: string;
  training: { slug: string; title: string; stage: Stage; date: Date }[];
  policy: { slug: string; title: string; stage: PolicyStage; date: Date }[];
  practice: { slug: string; title: string }[];
  team: LateLine[];
  organisation: LateLine[];
  /** People whose address takes no mail. */
  address: { personId: string; name: string }[];
  /** Whether its reader may switch off all of it; some of it; or none. */
  optional: "all" | "some" | "none";
};

export type Digest = {
  topics: NoticeTopic[];
  language: Language;
  subject: string;
  text: string;
  html: string;
};

type Setting = { book: MailBook; baseUrl: string; organisation: string; listed: number };

/** Bytes of HTML that every mail program shows in full: some cut at 102 kB. */
const largest = 100_000;

/** The order in which a digest tells of things: what the reader must do first comes first. */
const order = [
  "training",
  "policy",
  "team",
  "organisation",
  "address",
  "practice",
] as const satisfies readonly NoticeTopic[];
const pressing: readonly Stage[] = ["expired", "overdue", "renewal", "due", "assigned"];

/** A part in Markdown, and what a mail that holds nothing else would be called; `lines` is how many things it tells. */
type Part = { topic: NoticeTopic; subject: string; markdown: string; lines: number };

/**
 * The one mail of a day with all that is due for its reader, as text and as simple HTML of the same words. Null where there
 * is nothing to tell. Names and titles stand as they are, whatever signs they hold.
 */
export function writeDigest(setting: Setting, language: Language, facts: DigestFacts): Digest | null {
  const parts = order.flatMap((topic) => partOf(setting, language, topic, facts) ?? []);
  const [first] = parts;
  if (!first) return null;
  const frame = mailIn(setting.book, "digest", language);
  const settings = `${setting.baseUrl}/account/notices`;
  const others = parts.reduce((sum, part) => sum + part.lines, 0) - 1;
  const named =
    others === 0 ? first.subject : fill(frame.texts.more, { subject: first.subject, count: String(others) });
  const subject = named.replace(/\s+/g, " ").trim();
  const { required, optional, "all-optional": allOptional } = frame.texts;
  const why = {
    all: [fill(allOptional, { settings })],
    some: [required, fill(optional, { settings })],
    none: [required],
  }[facts.optional];
  const markdown = fill(frame.body, {
    name: literally(facts.name),
    organisation: literally(setting.organisation),
    parts: parts.map((part) => part.markdown).join("\n\n"),
    why: why.join("\n\n"),
    settings,
  });
  const html = mailDocument({ language, subject, html: renderMarkdown(markdown) });
  // What a mail program would cut off is counted instead.
  if (setting.listed > 1 && new TextEncoder().encode(html).length > largest)
    return writeDigest({ ...setting, listed: Math.floor(setting.listed / 2) }, language, facts);
  return {
    topics: parts.map((part) => part.topic),
    language,
    subject,
    text: `${plainOf(markdown)}\n`,
    html,
  };
}

function partOf(setting: Setting, language: Language, topic: NoticeTopic, facts: DigestFacts): Part | null {
  if (topic === "training") return trainingPart(setting, language, facts.training);
  if (topic === "policy") return policyPart(setting, language, facts.policy);
  if (topic === "practice") return practicePart(setting, language, facts.practice);
  if (topic === "address") return addressPart(setting, language, facts.address);
  return latePart(setting, language, topic, facts[topic]);
}

function trainingPart(
  { book, baseUrl }: Setting,
  language: Language,
  training: DigestFacts["training"],
): Part | null {
  const { texts, body } = mailIn(book, "training", language);
  return ownPart<Stage>({ topic: "training", texts, body, link: `${baseUrl}/learn/` }, language, training);
}

function policyPart(
  { book, baseUrl }: Setting,
  language: Language,
  policies: DigestFacts["policy"],
): Part | null {
  const { texts, body } = mailIn(book, "policy", language);
  return ownPart<PolicyStage>(
    { topic: "policy", texts, body, link: `${baseUrl}/policies/` },
    language,
    policies,
  );
}

/** What the reader themself has to do by a date, the most pressing first. */
function ownPart<S extends Stage>(
  words: {
    topic: NoticeTopic;
    texts: Record<`subject-${S}` | `line-${S}`, string>;
    body: string;
    /** What the address of each begins with; its slug follows. */
    link: string;
  },
  language: Language,
  facts: readonly { slug: string; title: string; stage: S; date: Date }[],
): Part | null {
  const lines = facts.toSorted(
    (a, b) => pressing.indexOf(a.stage) - pressing.indexOf(b.stage) || a.date.getTime() - b.date.getTime(),
  );
  const [first] = lines;
  if (!first) return null;
  const values = (one: (typeof lines)[number]) => ({
    title: one.title,
    date: dayIn(one.date, language),
    link: `${words.link}${one.slug}`,
  });
  const rows = lines.map((one) => {
    const given = values(one);
    return `- ${fill(words.texts[`line-${one.stage}`], { ...given, title: literally(given.title) })}`;
  });
  return {
    topic: words.topic,
    subject: fill(words.texts[`subject-${first.stage}`], values(first)),
    markdown: fill(words.body, { lines: rows.join("\n") }),
    lines: lines.length,
  };
}

function practicePart(
  { book, baseUrl }: Setting,
  language: Language,
  practices: DigestFacts["practice"],
): Part | null {
  const [first] = practices;
  if (!first) return null;
  const { texts, body } = mailIn(book, "practice", language);
  const rows = practices.map(
    ({ slug, title }) =>
      `- ${fill(texts.line, { title: literally(title), link: `${baseUrl}/practice/${slug}` })}`,
  );
  return {
    topic: "practice",
    subject: fill(texts.subject, { title: first.title }),
    markdown: fill(body, { lines: rows.join("\n") }),
    lines: practices.length,
  };
}

/** The people while they are few, else how many. */
function addressPart(
  { book, baseUrl, listed }: Setting,
  language: Language,
  people: DigestFacts["address"],
): Part | null {
  if (people.length === 0) return null;
  const { texts, body } = mailIn(book, "address", language);
  const rows = people.map(({ personId, name }) => {
    const link = recordAddress(baseUrl, personId);
    return `- ${fill(texts.line, { name: literally(name), link })}`;
  });
  const lines =
    people.length <= listed ? rows.join("\n") : fill(texts.many, { count: String(people.length) });
  const link = `${baseUrl}/admin/messages`;
  return { topic: "address", subject: texts.subject, markdown: fill(body, { lines, link }), lines: 1 };
}

const recordAddress = (baseUrl: string, personId: string): string =>
  `${baseUrl}/records/${encodeURIComponent(personId)}`;

/** A table of people while they are few, else how many there are of each training: a mail is no board. */
function latePart(
  { book, baseUrl, listed }: Setting,
  language: Language,
  topic: "team" | "organisation",
  late: readonly LateLine[],
): Part | null {
  const [first] = late;
  if (!first) return null;
  const { texts, body } = mailIn(book, topic, language);
  const row = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const rule = (columns: number): string => `|${" --- |".repeat(columns)}`;
  const people = late.toSorted((a, b) => a.since.getTime() - b.since.getTime() || (a.name < b.name ? -1 : 1));
  const named = [
    row([texts.person, texts.training, texts.status, texts.since]),
    rule(4),
    ...people.map(({ personId, name, title, status, since }) =>
      row([
        `[${literally(name)}](${recordAddress(baseUrl, personId)})`,
        literally(title),
        texts[status],
        dayIn(since, language),
      ]),
    ),
  ];
  const titles = [...new Set(late.map((one) => one.title))];
  const counted = [
    row([texts.training, texts.people]),
    rule(2),
    ...titles.map((title) =>
      row([literally(title), String(late.filter((one) => one.title === title).length)]),
    ),
  ];
  const one = late.every(({ status }) => status === first.status);
  return {
    topic,
    subject: texts.subject,
    markdown: fill(body, {
      table: (late.length <= listed ? named : counted).join("\n"),
      link: `${baseUrl}/board${one ? `?status=${first.status}` : ""}`,
    }),
    lines: 1,
  };
}

const locales: Record<Language, string> = { en: "en-GB", de: "de-DE", fr: "fr-FR", es: "es-ES" };

/** A day as the language writes it; days are those of UTC, as the pages show them. */
function dayIn(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: "long", timeZone: "UTC" }).format(at);
}
