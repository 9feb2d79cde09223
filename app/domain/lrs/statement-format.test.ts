import { describe, expect, it } from "vitest";
import { inFormat } from "./statement-format.ts";

const nothingKnown = (): null => null;
const ids = (statement: object): unknown =>
  JSON.parse(inFormat(JSON.stringify(statement), "ids", null, nothingKnown));

const ann = { objectType: "Agent", name: "Ann", mbox: "mailto:ann@example.org" };
const annId = { objectType: "Agent", mbox: "mailto:ann@example.org" };
const account = { homePage: "https://example.org", name: "bob" };
const group = { objectType: "Group", name: "G", mbox: "mailto:g@example.org", member: [ann] };
const anonymous = { objectType: "Group", name: "G", member: [ann, { name: "Bob", account }] };
const anonymousId = { objectType: "Group", member: [annId, { account }] };
const verb = { id: "https://example.org/v", display: { en: "did", de: "tat" } };
const activity = {
  objectType: "Activity",
  id: "https://example.org/a",
  definition: { name: { en: "A", de: "B" }, type: "https://example.org/t" },
};

describe("exact", () => {
  it("is the text itself", () => {
    const body = '{ "actor":{ }, "x":1.0 }';
    expect(inFormat(body, "exact", "en", nothingKnown)).toBe(body);
  });
});

describe("ids (xAPI 1.0.3 part 3 §2.1.3)", () => {
  it.each([
    ["an agent", ann, annId],
    ["an agent by its account", { name: "Bob", account }, { account }],
    ["an identified group", group, { objectType: "Group", mbox: "mailto:g@example.org" }],
    ["an anonymous group", anonymous, anonymousId],
  ])("reduces %s as actor, object and authority", (_, whole, reduced) => {
    expect(ids({ actor: whole, authority: whole })).toEqual({ actor: reduced, authority: reduced });
    const object = { ...whole, objectType: (whole as { objectType?: string }).objectType ?? "Agent" };
    expect(ids({ object })).toEqual({ object: { ...reduced, objectType: object.objectType } });
  });

  it("reduces a verb and an activity to their ids", () => {
    expect(ids({ verb, object: activity })).toEqual({ verb: { id: verb.id }, object: { id: activity.id } });
  });

  it("leaves a reference to a statement as it is", () => {
    const object = { objectType: "StatementRef", id: "6fa459ea-ee8a-3ca4-894e-db77e160355e" };
    expect(ids({ object })).toEqual({ object });
  });

  it("reduces what stands in the context, also of 2.0", () => {
    const context = {
      registration: "6fa459ea-ee8a-3ca4-894e-db77e160355e",
      instructor: ann,
      team: group,
      contextActivities: { parent: [activity], other: activity },
      contextAgents: [{ objectType: "contextAgent", agent: ann, relevantTypes: ["https://example.org/r"] }],
      contextGroups: [{ objectType: "contextGroup", group: anonymous }],
      statement: { objectType: "StatementRef", id: "6fa459ea-ee8a-3ca4-894e-db77e160355e" },
      extensions: { "https://example.org/x": { name: "stays", mbox: "stays" } },
    };
    expect(ids({ context })).toEqual({
      context: {
        ...context,
        instructor: annId,
        team: { objectType: "Group", mbox: "mailto:g@example.org" },
        contextActivities: { parent: [{ id: activity.id }], other: { id: activity.id } },
        contextAgents: [
          { objectType: "contextAgent", agent: annId, relevantTypes: ["https://example.org/r"] },
        ],
        contextGroups: [{ objectType: "contextGroup", group: anonymousId }],
      },
    });
  });

  it("reduces what stands in a SubStatement", () => {
    const sub = {
      objectType: "SubStatement",
      actor: group,
      verb,
      object: activity,
      context: { instructor: ann },
    };
    expect(ids({ object: sub })).toEqual({
      object: {
        objectType: "SubStatement",
        actor: { objectType: "Group", mbox: "mailto:g@example.org" },
        verb: { id: verb.id },
        object: { id: activity.id },
        context: { instructor: annId },
      },
    });
  });

  it("keeps numbers and texts as they were sent", () => {
    const rest = String.raw`"result":{"score":{"scaled":1.0},"extensions":{"https://x":12345678901234567890,"https://y":"\u00e9"}}`;
    const body = `{"actor":{"name":"A","mbox":"mailto:a@example.org"},${rest}}`;
    expect(inFormat(body, "ids", null, nothingKnown)).toBe(
      `{"actor":{"mbox":"mailto:a@example.org"},${rest}}`,
    );
  });
});

describe("canonical (§2.1.3)", () => {
  const rows: Record<string, string> = {
    [activity.id]: JSON.stringify({
      id: activity.id,
      definition: {
        name: { en: "Canonical", de: "Kanonisch" },
        description: { fr: "Seul" },
        interactionType: "choice",
        choices: [{ id: "1", description: { en: "one", de: "eins" } }, { id: "2" }],
        extensions: { "https://example.org/x": { en: "stays", de: "bleibt" } },
      },
    }),
  };
  const canonical = (statement: object, language: string | null): unknown =>
    JSON.parse(inFormat(JSON.stringify(statement), "canonical", language, (id) => rows[id] ?? null));

  it("shows activities as the store knows them, one language in each map", () => {
    expect(canonical({ object: activity }, "de")).toEqual({
      object: {
        objectType: "Activity",
        id: activity.id,
        definition: {
          name: { de: "Kanonisch" },
          description: { fr: "Seul" },
          interactionType: "choice",
          choices: [{ id: "1", description: { de: "eins" } }, { id: "2" }],
          extensions: { "https://example.org/x": { en: "stays", de: "bleibt" } },
        },
      },
    });
  });

  it("defines an activity that was sent without a definition", () => {
    expect(canonical({ object: { id: activity.id } }, "en")).toMatchObject({
      object: { id: activity.id, definition: { name: { en: "Canonical" } } },
    });
  });

  it("shows an unknown activity as it was sent, one language in each map", () => {
    const object = { ...activity, id: "https://example.org/unknown" };
    expect(canonical({ object }, "de")).toEqual({
      object: { ...object, definition: { name: { de: "B" }, type: "https://example.org/t" } },
    });
    expect(canonical({ object: { id: "https://example.org/unknown" } }, "de")).toEqual({
      object: { id: "https://example.org/unknown" },
    });
  });

  it("shows verbs in one language, here and in a SubStatement and its context", () => {
    const sub = { objectType: "SubStatement", actor: ann, verb, object: activity };
    expect(
      canonical({ verb, object: sub, context: { contextActivities: { category: [activity] } } }, "de"),
    ).toMatchObject({
      verb: { id: verb.id, display: { de: "tat" } },
      object: { verb: { display: { de: "tat" } }, object: { definition: { name: { de: "Kanonisch" } } } },
      context: { contextActivities: { category: [{ definition: { name: { de: "Kanonisch" } } }] } },
    });
  });

  it("leaves agents, groups and all else as they were sent", () => {
    const statement = {
      actor: group,
      object: anonymous,
      authority: ann,
      verb: { id: verb.id, display: {} },
      attachments: [{ display: { en: "A", de: "B" } }],
    };
    expect(canonical(statement, "de")).toEqual(statement);
  });
});
