import type { LrsClient, Scope } from "#app/domain/lrs/credential.ts";
import type { ParameterChecks } from "#app/domain/lrs/parameter.ts";
import { Refusal, type XapiAnswer } from "#app/domain/lrs/request.ts";

/** Checks that are just strict enough to tell right from wrong in a test. */
export const parameterChecks: ParameterChecks = {
  agent: (value) => (typeof value === "object" && value && "mbox" in value ? null : "It lacks mbox."),
  iri: (value) => (value.includes(":") ? null : "It is no IRI."),
  uuid: (value) => /^[0-9a-f-]{36}$/i.test(value),
  timestamp: (value) => (Number.isNaN(Date.parse(value)) ? "It is no timestamp." : null),
};

/** A client of the record store with these scopes. */
export function aClient(...scopes: Scope[]): LrsClient {
  return {
    credentialId: "6fa459ea-ee8a-3ca4-894e-db77e160355e",
    name: "A client",
    scopes,
    authority: {
      objectType: "Agent",
      name: "A client",
      account: { homePage: "https://example.org", name: "key" },
    },
    ratePerMinute: null,
    bodyLimitBytes: 1_000_000,
  };
}

/** What a request is refused with; fails when it is answered. */
export async function refusalOf(answer: Promise<XapiAnswer>): Promise<Refusal> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("It was answered");
}

export const textOf = ({ body }: XapiAnswer): string =>
  typeof body === "string" ? body : new TextDecoder().decode(body);
