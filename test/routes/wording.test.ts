import { expect, it } from "vitest";
import { isOpen, type Telling, told, type TellingEvent } from "#app/routes/_app.ask.$questionId/telling.ts";

const start: Telling = { shown: "", state: "waiting" };
const after = (...events: TellingEvent[]): Telling => events.reduce(told, start);
const text = (words: string): TellingEvent => ({ kind: "text", text: words });

it("shows sentences as they arrive, until the end", () => {
  expect(after(text("One. "), text("Two."))).toEqual({ shown: "One. Two.", state: "telling" });
  expect(after(text("One."), { kind: "done" })).toEqual({ shown: "One.", state: "done" });
});

it("keeps what was shown when it is stopped, and takes no more", () => {
  const stopped = after(text("One. "), { kind: "stopped" }, text("Two."), { kind: "failed" });
  expect(stopped).toEqual({ shown: "One. ", state: "stopped" });
  expect(isOpen(stopped)).toBe(false);
});

it("takes back what was shown when it fails", () => {
  expect(after(text("You may"), { kind: "failed" })).toEqual({ shown: "", state: "failed" });
});

it("begins anew after a failure or a stop", () => {
  expect(after({ kind: "failed" }, { kind: "again" }, text("One."))).toEqual({
    shown: "One.",
    state: "telling",
  });
  expect(after(text("One."), { kind: "stopped" }, { kind: "again" })).toEqual(start);
});

it("is not undone by a connection that ends after the last sentence", () => {
  expect(after(text("One."), { kind: "done" }, { kind: "failed" })).toEqual({ shown: "One.", state: "done" });
});
