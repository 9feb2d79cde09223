/** Pages that belong to a place of the navigation though their addresses do not begin with it. */
const belongs: Record<string, readonly string[]> = {
  "/learn": ["/attempts", "/practice"],
};

const within = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(`${path}/`);

/** Where the reader is, seen from a place of the navigation: at it, on a page that belongs to it, or elsewhere. */
export function hereAt(to: string, pathname: string): "page" | "below" | null {
  if (pathname === to) return "page";
  if (to === "/") return null;
  return [to, ...(belongs[to] ?? [])].some((path) => within(pathname, path)) ? "below" : null;
}
