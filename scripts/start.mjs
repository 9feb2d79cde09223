// The product's start, on nothing but Node: installs and builds what is stale, then serves.
import { buildIfStale, checkNode, installIfStale } from "./prepare.mjs";

checkNode();
installIfStale();
buildIfStale();
process.env.NODE_ENV ??= "production";
const { register } = await import("tsx/esm/api");
register();
await import("./server.ts");
