import { type Detector, hits, together } from "./detector.ts";

const cap = "\\p{Lu}[\\p{L}'-]{0,30}";
const town = `(?:,? +(?:\\d{4} ?[A-Z]{2}|\\d{5}|[A-Z]{1,2}-\\d{4,5})(?: +${cap})?)?`;
const english = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])\\d{1,5}[a-zA-Z]?,? (?:${cap} ){1,3}(?:(?:Street|Road|Rd|Avenue|Ave|Lane|Ln|Boulevard|Blvd|Crescent|Terrace|St)(?![\\p{L}\\p{N}-])|(?:Drive|Way|Court|Place|Square|Close|Gardens|Row|Dr)(?=,| +[A-Z]{1,2}\\d)(?![\\p{L}\\p{N}-]))\\.?(?:,? (?:Apt|Suite|Flat|Unit) ?#?\\w{1,5})?(?:, ${cap}(?: ${cap})?)?(?:,? (?:[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]{2} \\d{5}(?:-\\d{4})?))?`,
  "gu",
);
const german = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:\\p{Lu}[\\p{L}-]{1,40}(?:straße|strasse|str\\.|gasse|allee|chaussee)|(?:${cap}[ -]){1,3}(?:Straße|Strasse|Str\\.|Allee|Gasse)) ?\\d{1,4} ?[a-z]?(?![\\p{L}\\p{N}])${town}`,
  "gu",
);
/** Endings that also make ordinary words (Arbeitsplatz 3): a town has to follow. */
const germanWithTown = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:\\p{Lu}[\\p{L}-]{1,40}(?:weg|platz|ring|damm|ufer|markt|berg|hof)|(?:Am|An der|Auf der|Im|Zum|Zur) ${cap}) \\d{1,4} ?[a-z]?,? +\\d{5} +${cap}`,
  "gu",
);
const dutch = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${cap} )?\\p{Lu}[\\p{L}-]{1,40}(?:straat|laan|gracht|kade|singel|dreef|steeg) ?\\d{1,4} ?(?:[a-zA-Z]|-\\d{1,3})?(?![\\p{L}\\p{N}])${town}|(?<![\\p{L}\\p{N}-])\\p{Lu}[\\p{L}-]{1,40}(?:weg|plein|dijk|hof|pad) \\d{1,4}[a-z]?,? +\\d{4} ?[A-Z]{2}(?: +${cap})?`,
  "gu",
);
const small = "(?:(?:de la|de l'|d'|l'|du|des|de|la|le|les|del|los|las|el|saint|sainte) ?)";
const french = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])\\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Pp]lace|[Aa]llée|[Cc]hemin|[Ii]mpasse|[Qq]uai|[Rr]oute) ${small}{0,2}${cap}(?:[ -](?:${small})?${cap}){0,3}${town}`,
  "gu",
);
const spanish = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:[Cc]alle|[Cc]/|[Aa]venida|[Aa]vda\\.?|[Pp]laza|[Pp]aseo|[Cc]amino|[Cc]arretera|[Rr]onda) ?${small}{0,2}${cap}(?: (?:${small})?${cap}){0,3},? ?(?:n[º°.] ?|núm\\. ?)?\\d{1,4}(?![\\p{L}\\p{N}])(?:, ?\\d{1,2}[º°.]? ?[A-Z]?(?![\\p{L}\\p{N}]))?${town}`,
  "gu",
);

/** Street addresses: a number and a word for a street, in English, German, French, Spanish and Dutch. */
export const addressDetector: Detector = {
  marker: "[address]",
  find: (view) =>
    together(...[english, german, germanWithTown, dutch, french, spanish].map((p) => hits(view, p))),
};
