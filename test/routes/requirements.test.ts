import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import {
  action as changeDetails,
  loader as details,
} from "#app/routes/_app.records.$personId_.details/route.tsx";
import { action as end, loader as view } from "#app/routes/_app.requirements.$slug/route.tsx";
import { action as edit, loader as editForm } from "#app/routes/_app.requirements.$slug_.edit/route.tsx";
import {
  action as retrain,
  loader as retrainForm,
} from "#app/routes/_app.requirements.$slug_.retrain/route.tsx";
import { loader as list } from "#app/routes/_app.requirements._index/route.tsx";
import { action as create } from "#app/routes/_app.requirements.new.tsx";
import type { EditState } from "#app/routes/_app.requirements.$slug_.edit/fields.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { open, send, services } from "#test/door.ts";
import { anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-23T10:00:00Z");
const { slug } = aRequirement;
const params = { slug };
const hr = { as: "p-ines", params };

async function aWorld(db: Db) {
  await anOrganisation(db);
  await aPerson(db, { id: "p-ines", name: "Inês Carvalho", roles: ["employee", "hr"], audiences: [] });
  await aPerson(db, { id: "p-august", roles: ["employee", "auditor"], audiences: [] });
  await aPerson(db, { id: "p-mila", name: "Mila Janssen", department: "Sales" });
  await aPerson(db, { id: "p-bo", name: "Bo", department: "Legal" });
  await aCourse(db, now);
  return services(db, now);
}

const fields = {
  seen: "1",
  title: "AI for sales",
  module: aRequirement.module,
  validMonths: "12",
  windowDays: "60",
  dueDays: "30",
  graceDays: "14",
  anchor: "completion",
  effectiveFrom: "2026-11-23",
  effectiveUntil: "",
  basis: "ISO/IEC 42001:2023 7.2 a)",
  reason: "Decided by the AI board.",
  "attribute.0.0": "department",
  "values.0.0": "Sales",
};

onBothEngines("the pages of requirements", (database) => {
  it("are read by HR and auditors, changed by HR alone", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const path = `/requirements/${slug}`;
      for (const as of ["p-ines", "p-august"]) {
        expect((await open<object>(list, context, "/requirements", { as })).body).toMatchObject({
          requirements: [{ body: { slug }, counts: { not_started: 2 } }],
          mayManage: as === "p-ines",
        });
        expect((await open(view, context, path, { as, params })).status).toBe(200);
      }
      for (const as of ["p-august", "p-mila"]) {
        expect((await open(editForm, context, `${path}/edit`, { as, params })).status).toBe(403);
        expect((await open(retrainForm, context, `${path}/retrain`, { as, params })).status).toBe(403);
        expect((await send(edit, context, `${path}/edit`, fields, { as, params })).status).toBe(403);
        expect((await send(create, context, "/requirements/new", fields, { as })).status).toBe(403);
        const sure = { reason: "No longer needed.", sure: "yes" };
        expect((await send(end, context, path, sure, { as, params })).status).toBe(403);
      }
      expect((await open(list, context, "/requirements", { as: "p-mila" })).status).toBe(403);
      expect(
        (await open(view, context, "/requirements/none", { as: "p-ines", params: { slug: "none" } })).status,
      ).toBe(404);
    }));

  it("build a rule without script, keep what was typed, try it out and apply it", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const to = (intent: string, more: Record<string, string> = {}) =>
        send<EditState>(edit, context, `/requirements/${slug}/edit`, { ...fields, ...more, intent }, hr);
      const added = await to("add:0", { attribute: "location", title: "" });
      expect(added).toMatchObject({
        status: 200,
        body: { errors: {}, preview: null, focus: "row-0-1" },
      });
      expect(added.form.values).toMatchObject({
        title: "",
        "attribute.0.0": "department",
        "attribute.0.1": "location",
      });
      const faulty = await to("preview", { title: "", windowDays: "400", "attribute.0.1": "location" });
      expect(faulty.status).toBe(422);
      expect(faulty.form.errors).toEqual({
        title: "Enter a title.",
        windowDays: "The renewal must open within the time that the competence counts.",
        "values.0.1": "Choose at least one.",
      });
      expect(faulty.form.values["reason"]).toBe(fields.reason);
      const unsaid = await to("preview", { accepts: "attestation" });
      expect(unsaid.form.errors).toEqual({ criteria: "Say by which criteria a manager attests it." });
      const tried = await to("preview");
      expect(tried.body.preview).toMatchObject({
        assign: { count: 0 },
        end: { count: 1, first: [{ name: "Bo" }] },
        leave: { count: 1 },
      });
      expect(await tx.$count(period, eq(period.endedReason, "does_not_apply"))).toBe(0);
      const certified = await to("certify", { "certifications.0.authority": "texas_dir" });
      expect(certified.body).toMatchObject({
        focus: "certification-1",
        values: { "certifications.1.reference": "" },
      });
      const unnamed = await to("preview", { "certifications.0.authority": "texas_dir" });
      expect(unnamed.form.errors).toEqual({
        "certifications.0.reference": "Say how the authority names it, in at most 200 characters.",
        "certifications.0.from": "Enter the day as a date.",
        "certifications.0.until": "Enter the day as a date.",
      });
      const certification = {
        authority: "texas_dir",
        reference: "DIR 2026-17",
        from: "2026-09-01",
        until: "2027-08-31",
      };
      const proofs = {
        ...Object.fromEntries(Object.entries(certification).map(([k, v]) => [`certifications.0.${k}`, v])),
        accepts: "attestation",
        criteria: "Checks an answer before it is used.\n\nNames the tool.",
      };
      const mark = async (more: Record<string, string> = {}) =>
        (await to("preview", more)).body.preview?.mark ?? "";
      // Without a preview, and with another form than was previewed, it is shown first and nothing is lost.
      for (const old of ["", await mark()]) {
        const other = await to("apply", { ...proofs, mark: old });
        expect(other).toMatchObject({ status: 409, form: { values: proofs } });
        expect(other.form.message).toContain("This is not what was previewed.");
        expect(other.body.preview?.end.count).toBe(1);
      }
      const early = await mark(proofs);
      await tx.update(person).set({ department: "Sales" }).where(eq(person.id, "p-bo"));
      const moved = await to("apply", { ...proofs, mark: early });
      expect(moved).toMatchObject({ status: 409, body: { preview: { end: { count: 0 } } } });
      expect(moved.form.message).toContain("It would come otherwise than the preview said.");
      await tx.update(person).set({ department: "Legal" }).where(eq(person.id, "p-bo"));
      expect(await tx.$count(period, eq(period.endedReason, "does_not_apply"))).toBe(0);
      expect(await to("apply", { ...proofs, mark: early })).toMatchObject({
        location: `/requirements/${slug}?opened=0&ended=1`,
      });
      const [row] = await tx.select().from(requirement);
      expect(row?.body).toMatchObject({
        title: "AI for sales",
        appliesTo: { any: [{ all: [{ department: ["Sales"] }] }] },
        accepts: ["attestation"],
        criteria: ["Checks an answer before it is used.", "Names the tool."],
        certifications: [certification],
      });
      const shown = await open<{ values: object }>(editForm, context, `/requirements/${slug}/edit`, hr);
      expect(shown.body.values).toMatchObject({
        accepts: ["attestation"],
        "certifications.0.reference": "DIR 2026-17",
        criteria: "Checks an answer before it is used.\nNames the tool.",
      });
      expect(await to("apply")).toMatchObject({ status: 409 });
      const taken = await send(
        create,
        context,
        "/requirements/new",
        { ...fields, slug, intent: "preview" },
        { as: "p-ines" },
      );
      expect(taken).toMatchObject({
        status: 422,
        form: { errors: { slug: "There is a requirement with this short name already." } },
      });
    }));

  it("end one only when that is confirmed, and ask again after a preview", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const path = `/requirements/${slug}`;
      await tx
        .update(period)
        .set({ completedAt: now, renewFrom: new Date("2027-09-24"), expiresAt: new Date("2027-11-23") })
        .where(eq(period.personId, "p-mila"));
      const asking = {
        intent: "preview",
        cause: "incident",
        reason: "A summary went out unchecked.",
        dueDays: "14",
        whom: "named",
        people: "Somebody",
      };
      const unknown = await send(retrain, context, `${path}/retrain`, asking, hr);
      expect(unknown.form.errors["people"]).toContain("Nobody here is called Somebody");
      const named = { ...asking, people: "mila janssen\nBo" };
      expect(await send(retrain, context, `${path}/retrain`, named, hr)).toMatchObject({
        status: 200,
        body: {
          effect: {
            asked: { count: 1, first: [{ name: "Mila Janssen" }] },
            unproven: { count: 1, first: [{ name: "Bo" }] },
          },
        },
      });
      const ask = (sent: Record<string, string>) =>
        send<{ effect: { mark: string } | null }>(retrain, context, `${path}/retrain`, sent, hr);
      expect((await ask({ ...named, whom: "all" })).form.errors).toEqual({
        people: "Choose “People named one by one” above, or leave this empty.",
      });
      expect((await ask({ ...named, people: "Mila Janssen\nInês Carvalho" })).form.errors).toEqual({
        people: "The requirement asks nothing of Inês Carvalho: take them out.",
      });
      const mark = (await ask(named)).body.effect?.mark ?? "";
      const shorter = await ask({ ...named, dueDays: "7", intent: "ask", mark });
      expect(shorter).toMatchObject({
        status: 409,
        form: { values: { dueDays: "7", reason: named.reason } },
      });
      expect(await ask({ ...named, intent: "ask", mark })).toMatchObject({
        location: `${path}?asked=1`,
      });
      const unsure = await send(end, context, path, { reason: "No longer needed." }, hr);
      expect(unsure).toMatchObject({
        status: 422,
        form: { errors: { sure: "Confirm that it ends for everybody." } },
      });
      const ended = await send(end, context, path, { reason: "No longer needed.", sure: "yes" }, hr);
      expect(ended.location).toBe(`${path}?opened=0&ended=3`);
    }));
});

onBothEngines("the page of a person’s details", (database) => {
  it("is for HR about others, names what is wrong, and runs the rules again", () =>
    database.rolledBack(async (tx) => {
      const context = await aWorld(tx);
      const visit = (as: string, personId = "p-mila") => ({ as, params: { personId } });
      for (const as of ["p-mila", "p-august"])
        expect((await open(details, context, "/records/p-mila/details", visit(as))).status).toBe(403);
      expect(
        (await open(details, context, "/records/p-ines/details", visit("p-ines", "p-ines"))).status,
      ).toBe(403);
      const to = (form: Record<string, string | string[]>) =>
        send(changeDetails, context, "/records/p-mila/details", form, visit("p-ines"));
      const sent = {
        intent: "details",
        department: "Legal",
        location: "Rotterdam",
        employmentType: "permanent",
        computerShare: "90",
        leftOn: "",
      };
      expect(await to({ ...sent, department: " " })).toMatchObject({
        status: 422,
        form: { errors: { department: "Enter the department." }, values: { location: "Rotterdam" } },
      });
      for (const [from, reason] of [
        ["soon", "Enter the day as a date."],
        ["2026-11-24", "Enter today or an earlier day: what is to come is recorded on its day."],
        ["2024-01-07", "Enter the first day of work or a later day."],
      ] as const)
        expect(await to({ ...sent, audiences: [], from })).toMatchObject({
          status: 422,
          form: { errors: { from: reason }, values: { from, department: "Legal" } },
        });
      expect(await to({ ...sent, audiences: [], from: "2026-11-02" })).toMatchObject({
        location: "/records/p-mila/details?opened=0&ended=1",
      });
      const { body } = await open(details, context, "/records/p-mila/details", visit("p-ines"));
      expect(body).toMatchObject({
        history: [
          {
            kind: "changed",
            by: "Inês Carvalho",
            from: "2026-11-02",
            changes: [
              { field: "department", before: "Sales", after: "Legal" },
              { field: "audiences", before: ["all-staff"], after: [] },
            ],
          },
        ],
      });
      expect(await to({ ...sent, audiences: [] })).toMatchObject({ status: 409 });
      const misspelt = await to({ ...sent, department: "Salse", location: "Lyon", audiences: [] });
      expect(misspelt.form.errors).toEqual({
        department: "Nobody is in “Salse” yet. Confirm that the department is new, or choose one there is.",
        location: "Nobody is in “Lyon” yet. Confirm that the location is new, or choose one there is.",
      });
      const confirmed = { ...sent, location: "Lyon", newLocation: "Lyon", audiences: [] };
      expect((await to(confirmed)).location).toBe("/records/p-mila/details?opened=0&ended=0");
      expect(
        await to({ intent: "leave", kind: "sick", from: "2026-12-02", until: "2026-12-01" }),
      ).toMatchObject({ form: { errors: { until: "The last day is before the first." } } });
      const away = { intent: "leave", kind: "sick", from: "2026-12-01", until: "2026-12-04" };
      const leaveOf = (who: string, form: Record<string, string>) =>
        send(changeDetails, context, `/records/${who}/details`, form, visit("p-ines", who));
      const location = (await leaveOf("p-bo", away)).location ?? "";
      expect(location).toMatch(/opened=0&ended=0&moved=[0-9a-f-]{36}$/);
      const { body: after } = await open<object>(details, context, location, visit("p-ines", "p-bo"));
      expect(after).toMatchObject({ moved: [{ title: aRequirement.title }] });
      const twice = { ...away, kind: "other", from: "2026-12-04", until: "2026-12-24" };
      expect((await leaveOf("p-bo", twice)).form.errors).toEqual({
        from: "There is leave already on some of these days: Sick leave, 2026-12-01 – 2026-12-04.",
      });
    }));
});
