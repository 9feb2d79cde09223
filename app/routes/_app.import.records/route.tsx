import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { Button } from "#app/components/ui/button.tsx";
import { FileField } from "#app/components/file-field.tsx";
import { Choice } from "#app/components/ui/field.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, PageHeader } from "#app/components/ui/surface.tsx";
import { largestImport, legacyColumns } from "#app/domain/competence/legacy-record.ts";
import {
  importLegacy,
  legacyImports,
  type LegacyOutcome,
  previewLegacy,
} from "#app/domain/competence/legacy-record.server.ts";
import { currentRequirements } from "#app/domain/competence/requirement.server.ts";
import { type FormState, parseUpload } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Outcome } from "./outcome.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Import earlier records"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const imports = await legacyImports(context.db, actor);
  const requirements = (await currentRequirements(context.db)).map(({ slug, title }) => ({ slug, title }));
  return { imports, requirements };
}

/** What is answered to a file; `result` is null where there was none. */
type Answer = FormState & { result: { outcome: LegacyOutcome; imported: boolean; name: string } | null };
const answer = (of: Answer, status: number) => data(of, { status });

const fields = z.object({ step: z.enum(["check", "import"], msg("Choose what you want to do.")) });

/** Checks a file, or imports it. Nothing is kept between the two: the file is sent again, and checked again. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseUpload(request, fields, "file");
  if (!form.ok) return answer({ ...form.state, result: null }, 422);
  const { file } = form;
  if (!file) {
    const t = await translateFor(request);
    return answer({ ...form.state, errors: { file: t("Choose a CSV file.") }, result: null }, 422);
  }
  const { step } = form.value;
  const work = step === "import" ? importLegacy : previewLegacy;
  const outcome = await work(context.db, actor, file, context.now());
  const result = { outcome, imported: step === "import", name: file.name };
  return answer({ ...form.state, result }, outcome.ok ? 200 : 422);
}

export default function ImportRecords() {
  const t = useT();
  const { imports, requirements } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader
        eyebrow={
          <Link to="/basis" className="underline underline-offset-4">
            {t("Proofs of competence")}
          </Link>
        }
        title={t("Import earlier records")}
        lead={t(
          "Completions from an earlier system, as CSV. All rows are taken or none; each keeps its source, and none gets a certificate of this product.",
        )}
      />
      {state?.result ? <Outcome {...state.result} /> : null}
      <Card as="section" className="mb-6">
        <Form method="post" encType="multipart/form-data" className="space-y-5" noValidate>
          <FileField
            label={t("CSV file")}
            name="file"
            accept=".csv,text/csv"
            largest={largestImport}
            hint={t("UTF-8, separated by commas, semicolons or tabs, 5000 rows at most.")}
            error={state?.errors["file"]}
          />
          <fieldset>
            <legend className="mb-2 text-sm font-semibold">{t("What to do with it")}</legend>
            <div className="grid gap-2.5 sm:grid-cols-2">
              <Choice type="radio" name="step" value="check" defaultChecked>
                {t("Check it and change nothing")}
              </Choice>
              <Choice type="radio" name="step" value="import">
                {t("Import it")}
              </Choice>
            </div>
          </fieldset>
          <Button disabled={busy}>{busy ? t("Reading…") : t("Send the file")}</Button>
        </Form>
      </Card>
      <Card as="section" className="mb-6">
        <h2 className="mb-2 text-lg">{t("Columns")}</h2>
        <p className="font-mono text-sm wrap-anywhere">{legacyColumns.join(",")}</p>
        <p className="text-muted mt-2 text-sm">
          {t(
            "The person is an e-mail address or id, days are written 2025-03-31. The days until which they count, the reference and the score (0 to 100) may be empty.",
          )}
        </p>
        <details className="mt-3">
          <summary className="text-accent w-fit cursor-pointer py-2 text-sm font-semibold">
            {t("Short names of the requirements")}
          </summary>
          <ul className="mt-1 space-y-1 text-sm">
            {requirements.map(({ slug, title }) => (
              <li key={slug}>
                <span className="font-mono">{slug}</span> · <span lang="en">{title}</span>
              </li>
            ))}
          </ul>
        </details>
      </Card>
      <section aria-labelledby="imported">
        <h2 id="imported" className="mb-3 text-lg">
          {t("Imported so far")}
        </h2>
        {imports.length === 0 ? <p className="text-muted text-sm">{t("Nothing yet.")}</p> : null}
        <ul className="divide-line divide-y text-sm">
          {imports.map((one) => (
            <li key={one.id} className="py-2.5 wrap-anywhere">
              <p className="font-medium">{one.fileName}</p>
              <p className="text-muted">
                {t("{{count}} records", { count: one.rows })} · {one.by}, <Moment at={one.at.toISOString()} />
              </p>
              <p className="text-muted font-mono text-xs">SHA-256 {one.sha256}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
