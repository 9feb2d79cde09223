/** Parts of an agent or group that identify it (xAPI 1.0.3 part 2 §2.4.2.3). */
type Identified = {
  mbox?: unknown;
  mbox_sha1sum?: unknown;
  openid?: unknown;
  account?: unknown;
};

/**
 * Canonical text of the inverse functional identifier of an agent or identified group; null for an anonymous group or what
 * is no agent. The domain of a mail address and hexadecimal digits do not depend on case; all else does.
 */
export function identityOf(agent: unknown): string | null {
  if (agent === null || typeof agent !== "object") return null;
  const { mbox, mbox_sha1sum: sha1, openid, account } = agent as Identified;
  if (typeof mbox === "string") return `mbox ${withLowerCaseDomain(mbox)}`;
  if (typeof sha1 === "string") return `mbox_sha1sum ${sha1.toLowerCase()}`;
  if (typeof openid === "string") return `openid ${openid}`;
  if (account === null || typeof account !== "object") return null;
  const { homePage, name } = account as { homePage?: unknown; name?: unknown };
  return typeof homePage === "string" && typeof name === "string" ? `account ${homePage} ${name}` : null;
}

function withLowerCaseDomain(mbox: string): string {
  const address = mbox.replace(/^mailto:/i, "");
  const at = address.lastIndexOf("@");
  return `mailto:${address.slice(0, at)}${address.slice(at).toLowerCase()}`;
}
