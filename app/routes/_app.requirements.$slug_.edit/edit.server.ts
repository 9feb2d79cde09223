import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import { type Requirement, requirement as shape } from "#app/domain/competence/requirement.ts";
import {
  type EditRefusal,
  effectOfRequirement,
  saveRefusal,
  saveRequirement,
} from "#app/domain/competence/requirement-edit.server.ts";
import {
  certificationFaultWords,
  certificationsFrom,
  readCertifications,
  recertified,
  withCertifications,
} from "#app/domain/competence/certification-form.ts";
import {
  attributes,
  draftFrom,
  placeAfter,
  redraft,
  rowFaultWords,
  ruleFrom,
} from "#app/domain/competence/rule-form.ts";
import { type Actor, allow } from "#app/domain/people/permission.ts";
import { type FormState, parseForm } from "#app/http/form.server.ts";
import { changeSince, previewChangeWords, previewMark } from "#app/http/preview-mark.server.ts";
import type { Services } from "#app/http/services.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg, type Translate } from "#app/i18n/translate.ts";
import {
  addCertificationId,
  certificationRowId,
  type EditState,
  requirementFields,
  ruleListId,
  ruleRowId,
  withDraft,
} from "./fields.ts";

const refusals: Record<EditRefusal, string> = {
  stale: msg("Somebody else changed it in the meantime. Open it again and enter your change anew."),
  slug_taken: msg("There is a requirement with this short name already."),
  no_module: msg("There is no such module."),
  ended: msg("The requirement has ended in the meantime."),
};
const fieldOf: Partial<Record<EditRefusal, string>> = { slug_taken: "slug", no_module: "module" };

const anything = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/**
 * What a button of the form does: adds or takes away rows of the rule, tries the requirement out, or applies it. `slug` null:
 * a new one.
 */
export async function edit(context: Services, actor: Actor, request: Request, slug: string | null) {
  allow(actor, "requirement.manage", {});
  const { db } = context;
  const now = context.now();
  const t = await translateFor(request);
  const form = await parseForm(request, anything);
  const { intent: sent, attribute: chosen, ...values } = form.ok ? form.value : form.state.values;
  const intent = typeof sent === "string" ? sent : "";
  const draft = draftFrom(values);
  const attribute = attributes.find((one) => one === chosen) ?? "audience";
  const next = redraft(draft, intent, attribute);
  const answer = (state: Partial<EditState>, status: number) =>
    data<EditState>({ errors: {}, values, preview: null, ...state }, { status });
  if (next) {
    const place = placeAfter(draft, next, intent);
    const focus = place ? ruleRowId(place.group, place.row) : ruleListId;
    return answer({ values: withDraft(values, next), focus }, 200);
  }
  const certified = certificationsFrom(values);
  const again = recertified(certified, intent);
  if (again) {
    const row = Math.min(Number(intent.split(":")[1] ?? again.length), again.length - 1);
    const focus = row < 0 ? addCertificationId : certificationRowId(row);
    return answer({ values: withCertifications(values, again), focus }, 200);
  }
  const read = readRequirement({ ...values, ...(slug === null ? {} : { slug }) }, t);
  if (!read.ok) return answer({ errors: read.errors }, 422);
  const { body, reason, seen } = read;
  const known = slug === null ? 0 : seen;
  const refuse = (refusal: EditRefusal) => {
    const message = t(refusals[refusal]);
    const field = fieldOf[refusal];
    return answer(field ? { errors: { [field]: message } } : { message }, field ? 422 : 409);
  };
  const refusal = await saveRefusal(db, actor, { slug: body.slug, module: body.module, seen: known });
  if (refusal) return refuse(refusal);
  const preview = await effectOfRequirement(db, actor, body, now);
  const mark = previewMark({ body, reason }, preview);
  const change = intent === "apply" ? changeSince(values["mark"], mark) : null;
  if (intent !== "apply" || change)
    return answer(
      { preview: { ...preview, mark }, ...(change ? { message: t(previewChangeWords[change]) } : {}) },
      change ? 409 : 200,
    );
  const expected = { assigned: preview.assign.count, ended: preview.end.count };
  const input = { body, reason, seen: known, expected };
  const saved = await saveRequirement(db, actor, input, now);
  if (!saved.ok) return refuse(saved.reason);
  const { applied, scheduled, opened, ended } = saved;
  const done = !applied ? "ahead=1" : scheduled ? "scheduled=1" : `opened=${opened}&ended=${ended}`;
  return redirect(`/requirements/${body.slug}?${done}`);
}

type Read =
  | { ok: true; body: Requirement; reason: string; seen: number }
  | { ok: false; errors: Record<string, string> };

function readRequirement(values: FormState["values"], t: Translate): Read {
  const errors: Record<string, string> = {};
  const fields = requirementFields.safeParse(values);
  for (const issue of fields.error?.issues ?? []) errors[String(issue.path[0])] ??= t(issue.message);
  const draft = draftFrom(values);
  const read = ruleFrom(draft);
  if (!read.ok)
    for (const [name, fault] of Object.entries(read.faults)) errors[name] = t(rowFaultWords[fault]);
  const certified = readCertifications(certificationsFrom(values));
  if (!certified.ok)
    for (const [name, fault] of Object.entries(certified.faults))
      errors[name] = t(certificationFaultWords[fault]);
  if (draft.length === 0) errors["rule"] = t("Say whom it asks: add a condition.");
  if (!fields.success || !read.ok || !certified.ok || draft.length === 0) return { ok: false, errors };
  const { reason, seen, anchorDay, ...rest } = fields.data;
  const fixed = rest.anchor === "fixed" && anchorDay !== undefined ? { anchorDay } : {};
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const { certifications } = certified;
  const body = shape.parse({
    ...given,
    ...fixed,
    ...(certifications.length > 0 ? { certifications } : {}),
    audiences: [],
    appliesTo: read.rule,
  });
  return { ok: true, body, reason, seen };
}
