import "@remix-run/node";
import type { Services } from "./http/services.ts";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext extends Services {}
}
