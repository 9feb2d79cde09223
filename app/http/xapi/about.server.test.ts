import { expect, it } from "vitest";
import type { XapiRequest } from "#app/domain/lrs/request.ts";
import { refusalOf, textOf } from "#test/xapi.ts";
import { aboutResource } from "./about.server.ts";

const request = (method: XapiRequest["method"], query = ""): XapiRequest => ({
  method,
  path: "/about",
  query: new URLSearchParams(query),
  headers: {},
  body: new Uint8Array(),
  version: "1.0.3",
});

it("answers the versions of the standard (xAPI 1.0.3 part 3 §2.8)", () => {
  const answer = aboutResource(request("GET"));
  expect(answer.status).toBe(200);
  expect(JSON.parse(textOf(answer))).toEqual({ version: ["1.0.3", "2.0.0"] });
  expect(aboutResource(request("HEAD"))).toEqual({ status: 200, headers: answer.headers });
});

it("refuses other methods and any parameter", async () => {
  expect(await refusalOf(Promise.resolve().then(() => aboutResource(request("POST"))))).toMatchObject({
    status: 405,
  });
  expect(await refusalOf(Promise.resolve().then(() => aboutResource(request("GET", "a=1"))))).toMatchObject({
    status: 400,
  });
});
