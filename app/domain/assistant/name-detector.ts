import { type Detector, type Hit, type Span, hits, together } from "./detector.ts";
import { givenNames } from "./given-name.ts";

/** Names that the product knows: of colleagues, to be masked, and of tools, which never are. */
export type KnownNames = { names?: readonly string[]; tools?: readonly string[] };

const particle =
  "(?:van|von|de|den|der|del|della|di|da|dos|du|la|le|los|ten|ter|te|zu|zum|zur|al|bin|el|y|und|i)";
const word = "(?:(?:[OD]'|Mc|Mac)?\\p{Lu}[\\p{L}'-]{1,30}|\\p{Lu}\\.)";
const family = `(?:(?:${particle} ){0,2}${word})`;
const title =
  "(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Hr|Fr|Mme|Mlle|Monsieur|Madame|Maître|Sr|Sra|Srta|Señora?|Señorita|Doña|Mevr|Dhr|Mevrouw|Meneer|[Mm]evr|[Dd]hr|[Mm]evrouw|[Mm]eneer)";
const titled = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${title}\\.?|M\\.)(?: (?:Dr|Prof|med|Ing|Dipl|Mag)\\.?){0,3} (?<hit>${family}(?: ${family}){0,2})`,
  "dgu",
);
const role =
  "(?:[Pp]atients?|[Cc]ustomers?|[Cc]lients?|[Cc]andidates?|[Aa]pplicants?|[Cc]olleagues?|[Ee]mployees?|[Ss]tudents?|[Pp]upils?|[Ll]earners?|[Tt]enants?|[Cc]o-?workers?|[Tt]eammates?|[Ii]nterns?|[Rr]esidents?|[Pp]atientin|[Kk]und(?:e|in|en)|[Bb]ewerber(?:in)?|[Kk]olleg(?:e|in|en)|[Mm]itarbeiter(?:in)?|[Ss]chüler(?:in)?|[Pp]atiente?s?|[Cc]liente?s?|[Cc]andidate?s?|[Cc]ollègues?|[Ss]alariée?s?|[Éé]lèves?|[Pp]acientes?|[Cc]andidat[oa]s?|[Cc]ompañer[oa]s?|[Ee]mplead[oa]s?|[Aa]lumn[oa]s?|[Kk]lant(?:en)?|[Cc]ollega(?:'s)?|[Ss]ollicitant|[Mm]edewerker|[Pp]atiënt)";
const inRole = new RegExp(
  `(?<![\\p{L}\\p{N}])${role},? (?:named |called |namens |nommée? |llamad[oa] )?(?<hit>${word} ${family}(?: ${family})?)`,
  "dgu",
);
const called = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:my name is|[Mm]y name is|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m'appelle|[Mm]e llamo|[Mm]ijn naam is|[Nn]ame|[Nn]om|[Nn]ombre|[Nn]aam)(?: ?[:=] ?| )(?<hit>${word} ${family}(?: ${family})?)`,
  "dgu",
);
const pair = new RegExp(
  `(?<![\\p{L}\\p{N}'-])(?<hit>(?<first>\\p{Lu}[\\p{L}-]{1,20})(?: \\p{Lu}\\.)? ${family}(?: \\p{Lu}[\\p{L}'-]{1,30}(?=[ ,.]))?)`,
  "dgu",
);
const greeted = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:Dear|Hi|Hello|Hey|Hallo|Liebe[r]?|Bonjour|Cher|Chère|Hola|Estimad[oa]|Querid[oa]|Beste|Lieve|[Rr]egards,?|[Gg]rüße,?|[Gg]rüßen,?|[Cc]ordialement,?|[Ss]aludos,?|[Gg]roet(?:en)?,?)[ \\n]{1,3}(?<hit>(?<first>\\p{Lu}[\\p{L}-]{1,20})(?: ${family})?)(?=[ ]?[,!.:\\n]|$)`,
  "dgu",
);

/** Words that begin with a capital in a heading or a job title and make no name of what stands before them. */
const ordinary = new Set(
  (
    "Word Excel Teams Office Outlook PowerPoint Project Universe Manager Managers Management Developer Engineer Director Consultant Analyst Architect Designer Scientist " +
    "Product Software Data Sales Account Accounts Service Services Support Success Relationship Relations Portal Experience Journey Team Feedback Satisfaction " +
    "Survey Record Records File Files Database System Systems Assistance Programme Program Handbook Contract Contracts Benefits Engagement Training Onboarding " +
    "Screening Selection Recruitment Tracking Interview Interviews Pool Portfolio Care Safety Consent Monitoring Leave Health Protection Policy Policies Rights Act Board Council " +
    "Server Side Application Applications Access Number Numbers List Lists Letter Letters Email Emails Request Requests Complaint Complaints Order Orders Invoice Invoices Question Questions " +
    "Information Security Privacy Agreement Terms Notes Note Notice Report Reports Review Reviews Performance Evaluation Profile Profiles Segmentation Analytics Insights Insight " +
    "Department Division Group Groups Company Organisation Organization Union University School College Hospital Clinic Bank Insurance Street Road Avenue River Beach Station Office " +
    "Bot Chatbot Agent Copilot Assistant Model Tool Suite Platform Cloud Studio App Apps AI ML IT HR CV CVs GDPR ISO EU The This That These Those And Or But For With From In On At To Of Is Are Was Were May Can Could Should Would Will Do Does Did I We He She They It You " +
    "Dr Prof Sir Madam Ministerin Minister Kanzlerin Präsidentin Direktorin Chefin Professor Doktor Kollegin Kollege Kunde Kundin Daten Vertrag Verträge Akte Akten Name Namen Nummer Fragen Antworten " +
    "Everyone Everybody All Colleagues Colleague Customer Customers Hiring Reader Readers Committee Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September October November December"
  ).split(" "),
);

const startsOrdinary = (text: string): boolean => text.split(/[ ]/).some((part) => ordinary.has(part));
const firstOf = ({ match }: Hit): string => match.groups?.["first"] ?? "";

/** Names of persons where the words around them or a given name leave no doubt, and the names of colleagues. */
export function nameDetector({ names = [], tools = [] }: KnownNames): Detector {
  const colleagues = listed(names);
  const known = tools.map((tool) => tool.toLowerCase()).filter((tool) => tool.length > 2);
  const isTool = (text: string): boolean => {
    const lower = text.toLowerCase();
    return known.some((tool) => lower.includes(tool) || tool.includes(lower));
  };
  return {
    marker: "[name]",
    find: (view) =>
      together(
        found(view, colleagues),
        hits(view, titled).flatMap((span) => untilOrdinary(view, span)),
        hits(view, inRole, ({ text }) => !startsOrdinary(text)),
        hits(view, called, ({ text }) => !startsOrdinary(text)),
        hits(
          view,
          pair,
          (hit) => givenNames.has(firstOf(hit).toLowerCase()) && !ordinary.has(hit.text.split(" ")[1] ?? ""),
        ),
        hits(view, greeted, (hit) => givenNames.has(firstOf(hit).toLowerCase()) && !startsOrdinary(hit.text)),
      )
        .filter(({ start, end }) => !isTool(view.slice(start, end)))
        .map(({ start, end }) => ({
          start,
          end: end - (/'s?$/.exec(view.slice(start, end))?.[0].length ?? 0),
        })),
  };
}

/** A name after a title, up to the first word that is none; nothing when that is the first one. */
function untilOrdinary(view: string, { start, end }: Span): Span[] {
  const parts = view.slice(start, end).split(" ");
  const stop = parts.findIndex((part) => ordinary.has(part.replace(/[.']s?$/, "")));
  const name = (stop === -1 ? parts : parts.slice(0, stop)).join(" ");
  return name === "" ? [] : [{ start, end: start + name.length }];
}

/** Full names by their folded first word: one look-up per word of a text, however many colleagues there are. */
function listed(names: readonly string[]): Map<string, string[]> {
  const byFirst = new Map<string, string[]>();
  for (const name of names.map((n) => folded(n.trim())).filter((n) => n.includes(" "))) {
    const first = name.slice(0, name.indexOf(" "));
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), name].toSorted((a, b) => b.length - a.length),
    );
  }
  return byFirst;
}

function found(view: string, colleagues: Map<string, string[]>): Span[] {
  if (colleagues.size === 0) return [];
  const text = folded(view);
  return hits(text, /(?<![\p{L}\p{N}'-])[\p{L}'-]+/gu).flatMap(({ start, end }) => {
    const name = colleagues
      .get(text.slice(start, end))
      ?.find(
        (n) =>
          text.startsWith(n, start) &&
          !/^[\p{L}\p{N}]/u.test(text.slice(start + n.length, start + n.length + 2)),
      );
    return name ? [{ start, end: start + name.length }] : [];
  });
}

/** Small letters without accents, character by character as long as the text. */
const folded = (text: string): string =>
  text
    .replace(/[^\0-\x7f]/g, (c) => {
      const plain = c.normalize("NFD").charAt(0).toLowerCase();
      return plain.length === 1 ? plain : c;
    })
    .replace(/[A-Z]/g, (c) => c.toLowerCase());
