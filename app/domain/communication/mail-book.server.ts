import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languages, sourceLanguage } from "../content/language.ts";
import { ContentError } from "../content/source.ts";
import { type MailBook, mailKinds, parseMail } from "./mail-text.ts";

/**
 * Reads `mails` of a content folder: `<kind>.md`, and `<kind>.de.md` and so on where a mail is translated. Throws
 * {@link ContentError} with file, line and reason.
 */
export function loadMails(dir: string): MailBook {
  const folder = join(dir, "mails");
  const names = mailKinds.flatMap((kind) =>
    languages.map((language) => ({
      kind,
      language,
      name: language === sourceLanguage ? `${kind}.md` : `${kind}.${language}.md`,
    })),
  );
  const strange = existsSync(folder)
    ? readdirSync(folder).find((file) => file.endsWith(".md") && !names.some(({ name }) => name === file))
    : undefined;
  if (strange !== undefined)
    throw new ContentError(
      join(folder, strange),
      1,
      `no mail has this name; there are ${mailKinds.join(", ")}, with .de, .fr or .es for a translation`,
    );
  const book = Object.fromEntries(mailKinds.map((kind) => [kind, {}])) as Record<string, object>;
  for (const { kind, language, name } of names) {
    const file = join(folder, name);
    if (existsSync(file))
      book[kind] = { ...book[kind], [language]: parseMail(kind, readFileSync(file, "utf8"), file) };
    else if (language === sourceLanguage) throw new ContentError(file, 1, "this file is missing");
  }
  return book as MailBook;
}
