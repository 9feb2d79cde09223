import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { z } from "zod";
import { credentialInput } from "#app/domain/lrs/credential.ts";
import { createCredential } from "#app/domain/lrs/credential.server.ts";
import { system } from "#app/domain/people/permission.ts";
import type { Services } from "./services.ts";

/** Where the terminal asks the server that holds the embedded database to create a client of the LRS. */
export const controlPath = "/control/lrs-credential";

/** How the terminal reaches that server: its address on this machine, and the token that only who may read the file has. */
const access = z.object({ url: z.url(), token: z.string().min(40) });

export type ControlAccess = z.infer<typeof access>;

/** A token of 256 random bits, new with each start. */
export const newControlToken = (): string => randomBytes(32).toString("base64url");

/**
 * The one act the terminal may ask for, answered only to who sends the token as `Authorization: Bearer`. Refusals are
 * `{ refusal }` with a sentence: 403 without the token, 400 for bad input. A failure goes on to the server's error handler.
 */
export function controlRoute({ db, now }: Pick<Services, "db" | "now">, token: string): Router {
  const ofTerminal = (request: Request, response: Response, next: NextFunction): void => {
    if (isSame(request.get("authorization") ?? "", `Bearer ${token}`)) next();
    else
      response.status(403).json({ refusal: "This address answers only the commands of this installation." });
  };
  const create = async (request: Request, response: Response): Promise<void> => {
    const input = credentialInput.safeParse(request.body);
    if (!input.success) {
      response.status(400).json({ refusal: input.error.issues[0]?.message });
      return;
    }
    const { key, secret } = await createCredential(db, system, input.data, now(), randomBytes);
    response.set("Cache-Control", "no-store").json({ key, secret });
  };
  const router = express.Router();
  router.post(controlPath, ofTerminal, express.json({ limit: "16kb" }), (request, response, next) => {
    create(request, response).catch(next);
  });
  return router;
}

/** Compares in a time that tells nothing of where or how much they differ. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

/** Tells the terminal how to reach this server, in a file of mode 0600; answers how to take it back. */
export function announceControl(folder: string, server: Server, token: string): () => void {
  const path = join(folder, "control.json");
  const aside = `${path}.${process.pid}`;
  rmSync(aside, { force: true });
  // Written aside and then moved, so that nobody reads half of it and an older file's mode does not stay.
  writeFileSync(aside, JSON.stringify({ url: urlOf(server), token }), { mode: 0o600, flag: "wx" });
  renameSync(aside, path);
  return () => rmSync(path, { force: true });
}

/** What {@link announceControl} wrote, or null: there is no server, or it has not yet or no longer told. */
export function readControl(folder: string): ControlAccess | null {
  try {
    return access.parse(JSON.parse(readFileSync(join(folder, "control.json"), "utf8")));
  } catch {
    return null;
  }
}

/** The server's address as this machine reaches it: who listens everywhere also listens on loopback. */
function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server does not listen on a port");
  const address = { "0.0.0.0": "127.0.0.1", "::": "::1" }[bound.address] ?? bound.address;
  return `http://${address.includes(":") ? `[${address}]` : address}:${bound.port}`;
}
