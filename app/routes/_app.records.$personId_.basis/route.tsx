import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { BasisFields } from "./basis-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { basisInput, submissionRefusalWords } from "#app/domain/competence/basis.ts";
import { submitBasis } from "#app/domain/competence/basis.server.ts";
import { basisChoices, basisFor } from "#app/domain/competence/basis-view.server.ts";
import { fileRefusalWords } from "#app/domain/competence/proof-file.ts";
import { checkProofFile } from "#app/domain/competence/proof-file.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseUpload, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { z } from "zod";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Add a proof of competence"));

const replaced = (request: Request): string | null =>
  z.uuid().safeParse(new URL(request.url).searchParams.get("replaces")).data ?? null;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  allow(actor, "basis.submit", { personId });
  const replaces = replaced(request);
  const before = replaces === null ? null : found(await basisFor(context.db, actor, replaces, context.now()));
  if (before && !before.may.correct) throw new Response("Not found", { status: 404 });
  return {
    personId,
    name: actor.name,
    before: before?.entry ?? null,
    choices: await basisChoices(context.db, personId),
    scanned: Boolean(context.scan),
    today: context.now().toISOString().slice(0, 10),
  };
}

/** Takes the proof; a file that is refused must be chosen again, the fields are kept. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  allow(actor, "basis.submit", { personId });
  const form = await parseUpload(request, basisInput, "file");
  if (!form.ok) return form.response;
  const t = await translateFor(request);
  const checked = form.file && (await checkProofFile(form.file, context.scan ?? null));
  if (checked && !checked.ok)
    return refused({ ...form.state, errors: { file: t(fileRefusalWords[checked.reason]) } }, 422);
  const input = { ...form.value, file: checked?.file ?? null, replaces: replaced(request) };
  const done = found(await submitBasis(context.db, actor, input, context.now()));
  if (!done.ok)
    return refused({ ...form.state, errors: { [done.field]: t(submissionRefusalWords[done.reason]) } }, 422);
  return redirect(`/basis/${done.id}?done=submitted`);
}

export default function NewBasis() {
  const t = useT();
  const { personId, name, before } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        eyebrow={
          <Link to={`/records/${personId}`} className="underline underline-offset-4">
            {name}
          </Link>
        }
        title={before ? t("Correct a proof of competence") : t("Add a proof of competence")}
        lead={t(
          "Education, external training or experience that shows your competence. HR decides whether it counts, and for how long.",
        )}
      />
      {state ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert" title={t("Not saved yet")}>
            {state.errors["file"]
              ? t("Something is missing or does not fit. A file has to be chosen again.")
              : t("Something is missing or does not fit.")}
          </Notice>
        </div>
      ) : null}
      <Card as="section">
        <Form method="post" encType="multipart/form-data" className="space-y-5" noValidate>
          <BasisFields state={state} />
          <Button disabled={busy}>{busy ? t("Saving…") : t("Submit")}</Button>
        </Form>
      </Card>
    </div>
  );
}
