// The product's build with one route more that does nothing: what Remix itself costs.
import { redirect, type ServerBuild } from "@remix-run/node";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createElement } from "react";

/** `/bare` has a page without a loader, and an action that answers a form with a redirect, as the product's own do. */
export async function buildWithBare(): Promise<ServerBuild> {
  const path = join(import.meta.dirname, "../build/server/index.js");
  const build = (await import(pathToFileURL(path).href)) as ServerBuild;
  const root = build.assets.routes["root"];
  if (!root) throw new Error("the build has no root route");
  const bare = { id: "bare", parentId: "root", path: "bare" };
  const module = {
    default: () => createElement("p", null, "Nothing but Remix."),
    action: () => redirect("/bare"),
  };
  const asset = { ...root, ...bare, imports: [], css: [], hasLoader: false, hasAction: true };
  return {
    ...build,
    routes: { ...build.routes, bare: { ...bare, module } },
    assets: { ...build.assets, routes: { ...build.assets.routes, bare: asset } },
  };
}
