import { pino } from "pino";

/** The server's log, as JSON lines on stdout. Callers pass ids, never names, texts or secrets. */
export const log = pino({
  level: process.env["LOG_LEVEL"] ?? "info",
  redact: [
    "password",
    "token",
    "secret",
    "authorization",
    "cookie",
    "*.password",
    "*.secret",
    "*.authorization",
  ],
});
