import { type CountryCode, isPossiblePhoneNumber, isValidPhoneNumber } from "libphonenumber-js/min";
import { type Detector, type Hit, hits, leadUp, together } from "./detector.ts";

const local = "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]+";
const label = "[\\p{L}\\p{N}-]{1,63}";
const written = new RegExp(`${local}(?:@|%40|&#64;|&commat;)${label}(?:\\.${label})+`, "gu");

const at =
  "(?:\\[ ?(?:at|ät|arroba|arobase|@) ?\\]|\\( ?(?:at|ät|arroba|arobase|@) ?\\)|\\{ ?(?:at|@) ?\\}|<at>)";
const dot =
  "(?:\\[ ?(?:dot|punkt|punto|point|\\.) ?\\]|\\( ?(?:dot|punkt|punto|point|\\.) ?\\)|\\{ ?(?:dot|\\.) ?\\})";
/** "name [at] firm dot com", and with blanks around the signs. */
const disguised = new RegExp(
  `${local}(?: ?${at} ?${label}(?:(?: ?${dot} ?| dot | punkt | punto |\\.)${label}){1,4}` +
    `| (?:at|arroba|arobase) ${label}(?:(?: ?${dot} ?| dot | punto )${label}){1,4}` +
    `| ?@ ?${label}(?:(?: ?${dot} ?| dot | ?\\.)${label}){1,4})(?![\\p{L}\\p{N}-])`,
  "giu",
);

/** E-mail addresses, also those written so that a machine should not see them. */
export const emailDetector: Detector = {
  marker: "[e-mail address]",
  find: (view) => together(hits(view, written), hits(view, disguised)),
};

/** Where a number without a country's prefix may be from. */
const countries: CountryCode[] = ["NL", "DE", "FR", "ES", "GB", "BE", "AT", "IT", "CH", "PL"];
const callers =
  /(?:tel(?:ephone|efon|efono|éfono|efoon|éphone)?|phone|mobile|cell|call(?:ed|ing)?|ring|fax|whatsapp|signal|sms|handy|mobil(?:nummer|e)?|anrufen|rufnummer|durchwahl|portable|appel(?:er|ez)|móvil|llam(?:ar|e|a)|mobiel|bel(?:len)?|nummer|☎|📞)(?:\s*(?:number|nummer|no|nr|numéro|número))?(?:\s+(?:is|on|at|me|us|him|her|them|ist|unter|est|le|au|es|al|is|op))*[\s.:#=(]*$/iu;
const articles =
  /(?:order|article|artikel|article|artículo|part|item|sku|serial|invoice|ticket|case|build|batch|lot|version|release|ref(?:erence)?|purchase|asset|bestell\p{L}*|rechnung\p{L}*|facture|commande|pedido|factura|isbn|ean|gtin|model|quantity|qty|id)(?:\s*(?:number|nummer|numéro|número|no|nr|n°))?[\s.:#=]*$/iu;
const dates =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)|\d\/(?:19|20)\d\d(?!\d)/;

const phoneRun = /(?<![\p{L}\p{N}_.+/-])(?:\+|00)?\(?\d(?:[ ()/.-]{0,2}\d){6,14}(?![\p{L}\p{N}_]|[-.]\d)/gu;

/** Telephone numbers: international ones, those of the usual countries, and what is introduced as one. */
export const phoneDetector: Detector = {
  marker: "[phone number]",
  find: (view) => hits(view, phoneRun, isPhone),
};

function isPhone({ text, start, match }: Hit): boolean {
  const before = leadUp(match.input, start, 30);
  const digits = text.replace(/\D/g, "");
  if (text.startsWith("+")) return digits.length >= 8 && digits.length <= 15;
  if (/^\d+\.\d+$/.test(text) || articles.test(before)) return false;
  if (callers.test(before)) return !/^(?:19|20)\d\d\D(?:0[1-9]|1[0-2])\D/.test(text);
  if (/^00[1-9]/.test(digits) && digits.length >= 10) return isPossiblePhoneNumber(`+${digits.slice(2)}`);
  if (/^\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}$/.test(text)) return true;
  if (!/^\(?0\d/.test(text) || digits.length < 9 || dates.test(text)) return false;
  return countries.some((country) => isValidPhoneNumber(text, country));
}

const octet = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const four = new RegExp(`(?<![\\w.-])(?:${octet}\\.){3}${octet}(?:/\\d{1,2})?(?![\\w-]|\\.\\d)`, "g");
const six = /(?<![\w:.])[0-9a-f:]{6,39}(?:%\w{1,10})?(?![\w:])/gi;
const hardware = /(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])/gi;
const editions =
  /(?:version|release|build|firmware|driver|section|clause|clauses|§|art(?:icle|ikel|ículo)?|chapter|kapitel|abschnitt|ziffer|para(?:graph|grafo)?|v|r|sap|no|nr|step|annex)[\s.:]*$/i;
const hosts =
  /(?:\bip|host|server|address|adresse|dirección|gateway|dns|vpn|ping|ssh|router|proxy|client|from|login|log-?in|:\/\/)\D{0,15}$/i;

/** Addresses of machines: they lead to whoever sits at them (recital 30 of the GDPR). Loopback leads to nobody. */
export const networkDetector: Detector = {
  marker: "[network address]",
  find: (view) =>
    together(
      hits(view, four, isFour),
      hits(view, six, isSix),
      hits(view, hardware, ({ text }) => /\d/.test(text)),
    ),
};

function isFour({ text, start, match }: Hit): boolean {
  if (/^(?:127\.|0\.0\.0\.0|255\.)/.test(text)) return false;
  const before = leadUp(match.input, start, 40);
  if (editions.test(before)) return false;
  return hosts.test(before) || text.includes("/") || text.split(".").some((n) => Number(n) >= 32);
}

function isSix({ text }: Hit): boolean {
  const [address = ""] = text.split("%");
  const shortened = address.split("::");
  const groups = address.split(":").filter(Boolean);
  if (groups.length < 2 || !/\d/.test(address) || groups.some((g) => g.length > 4) || /:::/.test(address))
    return false;
  return shortened.length === 1
    ? groups.length === 8
    : shortened.length === 2 && groups.length < 8 && groups.some((g) => g.length >= 3);
}
