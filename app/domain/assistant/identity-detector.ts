import { ValidationErrorsIBAN, countrySpecs, validateIBAN } from "ibantools";
import { type Detector, type Hit, type Span, hits, leadUp, together } from "./detector.ts";
import { isBsn, isCard, isDni, isNir, isPensionNumber, isSsn, isTaxId } from "./identity-number.ts";

const ibanStart = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ .-]?[A-Za-z0-9])/g;
const accountWords = /(?:iban|bic|account|konto|bank|rekening|compte|cuenta)\D{0,25}$/i;

/** IBANs (ISO 13616), written in whatever groups: of the country's length, with its check digits or in its form. */
function ibans(view: string): Span[] {
  return hits(view, ibanStart).flatMap(({ start }) => {
    const country = view.slice(start, start + 2).toUpperCase();
    const spec = Object.hasOwn(countrySpecs, country) ? countrySpecs[country] : undefined;
    if (!spec?.chars) return [];
    const end = endOf(view, start, spec.chars);
    if (end === null) return [];
    const text = view.slice(start, end);
    const plain = text.replace(/[ .-]/g, "").toUpperCase();
    if (hasCheckDigits(plain)) return [{ start, end }];
    const inForm = new RegExp(spec.bban_regexp ?? "^$").test(plain.slice(4));
    const said = accountWords.test(leadUp(view, start, 35)) || /^\w{4}( \w{4}){2,}( \w{1,3})?$/.test(text);
    return inForm && said ? [{ start, end }] : [];
  });
}

/** A bank's own check within the number is not asked for: ISO 13616 knows only the two digits behind the country. */
const hasCheckDigits = (plain: string): boolean =>
  validateIBAN(plain).errorCodes.every(
    (code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum,
  );

/** Where so many letters and digits end, single blanks, dots and hyphens between them not counted; null when they do not. */
function endOf(view: string, start: number, count: number): number | null {
  let at = start;
  for (let left = count; left > 0; at++) {
    const c = view[at] ?? "";
    if (/[A-Za-z0-9]/.test(c)) left--;
    else if (!/[ .-]/.test(c) || !/[A-Za-z0-9]/.test(view[at + 1] ?? "")) return null;
  }
  return /[A-Za-z0-9]/.test(view[at] ?? "") ? null : at;
}

const digitRun = /(?<![\w.-])\d(?:[ .-]?\d){12,18}(?![\w-]|\.\d)/g;
const cardWords = /(?:card|visa|mastercard|amex|karte|carte|tarjeta|kaart)\D{0,25}$/i;
const accountNumber =
  /(?<![\p{L}\p{N}])(?:account (?:no|nr|number)|bank account|Konto(?:nummer|-?nr)|rekening(?:nummer|nr)|numéro de compte|número de cuenta|IBAN)\.?(?: (?:is|ist|est|es))?[ :#=]{1,3}(?<hit>\d[\d .-]{4,30}\d)(?!\w)/dgiu;

/** Bank accounts and payment cards. */
export const accountDetector: Detector = {
  marker: "[account number]",
  find: (view) =>
    together(
      ibans(view),
      hits(
        view,
        digitRun,
        ({ text, start }) =>
          isCard(text) || (cardWords.test(leadUp(view, start, 35)) && /^\D*(?:\d\D*){13,19}$/.test(text)),
      ),
      hits(view, accountNumber),
    ),
};

const month = "(?:\\p{L}{3,12}\\.?)";
const day = `(?:\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})|\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?(?: de| of)? ${month}(?: de|,)? (?:19|20)\\d\\d|${month} \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d)`;
const birth = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:born(?: on(?: the)?)?|date of birth|birth ?da(?:te|y)|d\\.?o\\.?b\\.?|geboren(?: am| op)?|geburtsdatum|geburtstag|geb\\.|née? le|date de naissance|nacid[oa](?: el)?|fecha de nacimiento|geboortedatum)(?: (?:is|was|ist|war|est|es))?[ \\t:=(]{0,4}(?<hit>${day})(?!\\d)`,
  "dgiu",
);

/** Dates of birth that are named as such. */
export const birthDetector: Detector = { marker: "[date of birth]", find: (view) => hits(view, birth) };

const bsnWords = /(?:bsn|burgerservice ?nummer|sofi-?nummer|citizen service number)\D{0,15}$/i;
const taxWords =
  /(?:steuer-?id(?:entifikationsnummer|nr)?|steuerliche identifikationsnummer|id-?nr|tax id|tin)\D{0,15}$/i;
const ssnWords = /(?:ssn|social security(?: number| no)?)\D{0,12}$/i;
const dniWords = /(?:dni|nie|nif)\D{0,12}$/i;
const nirWords = /(?:nir|sécurité sociale|sécu|insee)\D{0,15}$/i;
const person =
  /(?:\[name\]|\[date of birth\]|bsn|burger|citizen|klant|patiënt|patient|client|customer|employee|medewerker|werknemer|applicant|born|geboren|identi(?:ty|teit|fication)|tax payer)[^\n]{0,40}$/i;

const nine = /(?<![\w.,-])\d(?:[. -]?\d){7,8}(?![\w-]|[.,]\d)/g;
const eleven = /(?<![\w.,-])\d(?:[ ]?\d){10}(?![\w-]|[.,]\d)/g;
const dni = /(?<![\w.-])(?:\d{1,2}\.\d{3}\.\d{3}|\d{8}|[XYZ][ -]?\d{7})[ -]?[A-Z](?![\w-])/gi;
const nir =
  /(?<![\w.-])[12](?:[ .]?[0-9]){4}[ .]?(?:[0-9]{2}|2[ABab])(?:[ .]?[0-9]){6}(?:[ .]?[0-9]{2})?(?![\w-])/g;
const pension = /(?<![\w.-])\d{2} ?\d{6} ?[A-Z] ?\d{3}(?![\w-])/gi;
const ssn = /(?<![\w.-])\d{3}[- ]?\d{2}[- ]?\d{4}(?![\w-])/g;
const insurance = /(?<![\w.-])[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])/g;
const document =
  /(?<![\p{L}\p{N}])(?:passport|reisepass|personalausweis|ausweis|paspoort|passeport|pasaporte|identity card|id card|carte d'identité|driving licen[cs]e|führerschein|rijbewijs|permis de conduire)(?:[- ]?(?:number|nummer|no|nr|numéro|número))?\.?(?: (?:is|ist|est|es))?[ :#=]{1,3}(?<hit>(?=[A-Z]{0,5}\d)[A-Z0-9]{6,15})(?![\w-])/dgiu;

const said = (words: RegExp, { match, start }: Hit): boolean => words.test(leadUp(match.input, start, 45));

/** National numbers of persons: with their check digit, and what is named as one. */
export const nationalIdDetector: Detector = {
  marker: "[national id]",
  find: (view) =>
    together(
      hits(view, nir, (hit) => isNir(hit.text) || said(nirWords, hit)),
      hits(view, dni, (hit) => isDni(hit.text) || said(dniWords, hit)),
      hits(
        view,
        pension,
        (hit) =>
          isPensionNumber(hit.text) ||
          /(?:sozial|renten)versicherung[^\n]{0,20}$/i.test(leadUp(view, hit.start, 45)),
      ),
      hits(
        view,
        eleven,
        (hit) => said(taxWords, hit) || (/^\d\d \d{3} \d{3} \d{3}$/.test(hit.text) && isTaxId(hit.text)),
      ),
      hits(view, ssn, (hit) => isSsn(hit.text) || said(ssnWords, hit)),
      hits(view, insurance),
      hits(view, nine, (hit) => said(bsnWords, hit) || (isBsn(hit.text) && said(person, hit))),
      hits(view, document),
    ),
};
