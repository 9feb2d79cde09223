import { type Detector, type Hit, type Span, hits, together } from "./detector.ts";

/** Whole private keys; one that was cut off is masked to the end of the text. */
const privateKeys =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)|PuTTY-User-Key-File-\d[\s\S]*?(?:Private-MAC: \S+|$)/g;

/** JSON web tokens, signed (three parts) or encrypted (five). */
const webTokens = /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/g;

/** Addresses and connection strings with a password in them. */
const addressesWithPassword =
  /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:(?!\d{1,5}(?:\/|$))[^\s@]{1,200}@\S+/gi;

/** Tokens that their issuer marks by how they begin. */
const markedTokens =
  /(?<![\w-])(?:(?:sk|pk|rk|whsec|dop_v1|sntrys|shp(?:at|ss|ca|pa)|sq0[a-z]{3}|ops|lin_api|figd|tfp|dapi)[-_]|dapi|gh[opusr]_|github_pat_|gl(?:pat|dt|rt|soat|ptt|cbt)-|xox[abeprs]-|xapp-|A(?:KI|SI|BI|CC)A(?=[A-Z2-7])|AIza|ya29\.|GOCSPX-|npm_|pypi-|hf_|gsk_|r8_|SG\.|LTAI|AGE-SECRET-KEY-|EAACEdEose0cBA)[\w.-]{12,}/g;

const envLine =
  /^[ \t]*(?:export[ \t]+|set[ \t]+)?(?<name>[A-Z][A-Z0-9_]{1,80})[ \t]*=[ \t]*["']?(?<hit>[^\s"'][^\n\r"']*)/dgm;
const secretPart =
  /^(?:PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|SECRET|CREDENTIALS?|PASSWORT|KENNWORT|CONTRASENA|MDP|WACHTWOORD|DSN)$/;
const keyPart = /^(?:KEY|APIKEY|TOKEN|JWT|SALT|PAT|SCHLUESSEL|CLAVE|CLE|JETON)$/;

const passwordWords = [
  "pass ?word",
  "passwd",
  "pwd",
  "pass ?phrase",
  "pass ?code",
  "login code",
  "passwort",
  "kennwort",
  "zugangscode",
  "mot de passe",
  "mdp",
  "code secret",
  "phrase secrète",
  "contraseña",
  "clave(?: de acceso| secreta)?",
  "wachtwoord",
  "toegangscode",
  "account ?key",
  "shared ?access ?key",
  "senha",
].join("|");
const keyWords = [
  "(?:client|shared|app|consumer|webhook)?[ _-]?secret",
  "(?:api|access|secret|private|master|encryption|licen[cs]e|subscription)[ _-]?(?:key|token)",
  "api-schlüssel",
  "schlüssel",
  "geheimnis",
  "clé(?: api| secrète| d'accès)?",
  "jeton",
  "clave api",
  "(?:auth|bearer|access|refresh|session)?[ _-]?token",
  "api-sleutel",
].join("|");
const says = "[\"']?(?:\\s*(?:=>|->|:=|[:=])\\s*|\\s+(?:is|was|ist|lautet|war|est|es|era)(?:\\s*:\\s*|\\s+))";
const named = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?<password>${passwordWords})|(?:${keyWords}))${says}["'\`«„“]?(?<hit>[^\\s"'\`«»“”\\[][^\\s"'\`«»“”]{3,})`,
  "dgiu",
);
const bearer = /(?<![\w-])(?:Bearer|Basic)\s+(?<hit>[\w.~+/-]{16,}={0,2})/dgi;
const pin =
  /(?<![\p{L}\p{N}])(?:PIN|TAN|OTP|CVV|CVC2?|código PIN|code PIN)(?:[ -]?code)?(?:\s*[:=]\s*|\s+(?:is|ist|est|es)\s+)(?<hit>\d{3,8})(?![\w.-])/dgiu;

const tokenRun = /(?<![\w+/-])[\w+/-]{24,}={0,2}/g;

/** Credentials: keys, tokens, passwords that are named as such, and runs of characters that only a machine makes. */
export const secretDetector: Detector = {
  marker: "[secret]",
  find: (view) =>
    together(
      hits(view, privateKeys),
      hits(view, webTokens),
      hits(view, addressesWithPassword),
      trimmed(
        view,
        hits(
          view,
          markedTokens,
          ({ text }) => /^A[A-Z]{3}[A-Z2-7]+$/.test(text) || /\d|[a-z][A-Z]/.test(text.slice(4)),
        ),
      ),
      hits(view, envLine, namesSecret),
      trimmed(view, hits(view, named, isValue)),
      hits(view, bearer, ({ text }) => /\d/.test(text)),
      hits(view, pin),
      hits(view, tokenRun, ({ text, start }) => isRandom(text) && !view.startsWith("base64,", start - 7)),
    ),
};

function namesSecret({ match, text }: Hit): boolean {
  const parts = (match.groups?.["name"] ?? "").split("_");
  if (text.startsWith("[")) return false;
  if (parts.some((part) => secretPart.test(part))) return text.length >= 3;
  return parts.some((part) => keyPart.test(part)) && text.length >= 8 && /\d|[a-z][A-Z]/.test(text);
}

/** Whether what follows "the password is" can be one: with a digit, a symbol or mixed case, or a word that ends the line. */
function isValue({ match, text, end }: Hit): boolean {
  const value = text.replace(/[.,;:!?)\]]+$/, "");
  if (/\d|[#$%&*+=@^~|\\]|[!?](?=\S)|\p{Ll}\p{Lu}/u.test(value.length >= 4 ? text.slice(0, 400) : ""))
    return value.length >= (match.groups?.["password"] ? 4 : 6);
  const assigned = /[:=]\s*["'`«„“]?$/.test(match[0].slice(0, match[0].length - text.length));
  const alone = /^["'`»”]?[ \t]*(?:[\n\r]|$)/.test(match.input.slice(end, end + 40));
  return (
    match.groups?.["password"] !== undefined &&
    assigned &&
    alone &&
    value.length >= 6 &&
    !ordinary.test(value)
  );
}

const ordinary =
  /^(?:required|optional|none|unknown|hidden|forgotten|reset|policy|policies|manager|expired|mandatory|encrypted|notwendig|erforderlich|unbekannt|vergessen|obligatoire|requis|inconnu|oublié|obligatoria|requerida|olvidada|verplicht|vergeten)$/i;

/** Without the full stop or the comma that ends the sentence, and not the marker's own bracket. */
const trimmed = (view: string, spans: Span[]): Span[] =>
  spans.map(({ start, end }) => {
    const close = /[.,;:)\]]+$/.exec(view.slice(Math.max(start, end - 8), end));
    return { start, end: close ? end - close[0].length : end };
  });

/** Whether small letters, capitals and digits take turns as only in generated tokens: a name has them in words. */
function isRandom(text: string): boolean {
  const part = text.slice(0, 2000);
  if (!/[a-z]/.test(part) || !/[A-Z]/.test(part) || !/\d/.test(part)) return false;
  const inWords = part.match(/[A-Za-z][a-z]{2,}|[A-Z]{4,}|\d{4,}/g)?.join("").length ?? 0;
  const turns = part.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return inWords < 0.65 * part.length && turns >= part.length / 6;
}
