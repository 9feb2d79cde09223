import { expect, it } from "vitest";
import { ModelFailed, failureOf, modelFailures, storedFailure } from "./model-failure.ts";

it("reads failures as they were stored, also from before reasons were kept", () => {
  expect([true, false, null, undefined, ...modelFailures].map(storedFailure)).toEqual([
    "unreachable",
    null,
    null,
    null,
    ...modelFailures,
  ]);
});

it("knows why a call has failed, and takes anything unknown for an endpoint that is not there", () => {
  expect(modelFailures.map((failure) => failureOf(new ModelFailed(failure)))).toEqual([...modelFailures]);
  expect([new Error("socket hang up"), "odd", null].map(failureOf)).toEqual(Array(3).fill("unreachable"));
});
