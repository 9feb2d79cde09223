import { isIP } from "node:net";

/**
 * Whether a request was sent to this server by a program, or by a page of this server: what the Model Context Protocol asks
 * of servers against DNS rebinding (specification 2025-06-18, Transports, Security Warning). A page that rebinds its own name
 * to this machine still sends that name as Host and Origin; an address in digits cannot be rebound.
 */
export function isOwnHost(
  { host, origin }: { host: string | undefined; origin: string | undefined },
  baseUrl: string,
): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  const own =
    hostname === new URL(baseUrl).hostname ||
    hostname === "localhost" ||
    isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;
  if (!own || origin === undefined) return own;
  return URL.canParse(origin) && [host, new URL(baseUrl).host].includes(new URL(origin).host);
}
