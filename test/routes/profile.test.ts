import { describe, expect, it } from "vitest";
import { profileDocument } from "#app/domain/evidence/profile.ts";
import { loader } from "#app/routes/profile[.]jsonld.ts";
import { schemaFaults } from "#test/profile-document.ts";

const get = (headers: Record<string, string> = {}): Response =>
  loader({
    request: new Request("http://localhost:3000/profile.jsonld", { headers }),
  } as Parameters<typeof loader>[0]);

describe("the profile's address", () => {
  it("serves the whole document as JSON-LD, to keep for an hour", async () => {
    const response = get();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/ld+json");
    expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const served: unknown = await response.json();
    expect(served).toEqual(profileDocument);
    expect(schemaFaults(served)).toEqual([]);
  });

  it("sends nothing to whoever has it already", async () => {
    const etag = get().headers.get("etag") ?? "";
    for (const known of [etag, `"other", ${etag}`, "*"]) {
      const response = get({ "If-None-Match": known });
      expect(response.status).toBe(304);
      expect(response.headers.get("etag")).toBe(etag);
      expect(await response.text()).toBe("");
    }
    expect(get({ "If-None-Match": '"other"' }).status).toBe(200);
  });
});
