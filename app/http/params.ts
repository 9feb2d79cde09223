import { z } from "zod";
import { found } from "./guard.ts";

const uuid = z.uuid();

/** A part of the address that names a row by its id; what cannot be an id is not found. */
export function idOf(params: Readonly<Record<string, string | undefined>>, name: string): string {
  return found(uuid.safeParse(params[name]).data);
}
