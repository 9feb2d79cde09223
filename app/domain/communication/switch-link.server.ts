import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { mailSetting } from "#db/schema/communication.ts";
import type { Switch } from "./notice.ts";
import { readSwitchToken, switchToken } from "./switch-link.ts";

/** The settings of all mails; made at the first look, with reminders on. */
export async function mailSettings(db: Db): Promise<typeof mailSetting.$inferSelect> {
  const [known] = await db.select().from(mailSetting).where(eq(mailSetting.id, 1));
  if (known) return known;
  const linkKey = randomBytes(32).toString("base64url");
  await db.insert(mailSetting).values({ id: 1, reminders: true, linkKey }).onConflictDoNothing();
  const [made] = await db.select().from(mailSetting).where(eq(mailSetting.id, 1));
  if (!made) throw new Error("the settings of mails are missing");
  return made;
}

/** Address that switches a kind of notice off for somebody with one POST (RFC 8058). */
export async function unsubscribeAddress(
  db: Db,
  personId: string,
  by: Switch,
  baseUrl: string,
): Promise<string> {
  const { linkKey } = await mailSettings(db);
  return `${baseUrl}/unsubscribe/${switchToken(linkKey, personId, by)}`;
}

/** What the token of such an address stands for; null when it is not ours. */
export async function switchBehind(db: Db, token: string): Promise<{ personId: string; by: Switch } | null> {
  return readSwitchToken((await mailSettings(db)).linkKey, token);
}
