import { useLoaderData } from "@remix-run/react";
import { FileField } from "#app/components/file-field.tsx";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import { largestProof } from "#app/domain/competence/proof-file.ts";
import type { FormState } from "#app/http/form.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";
import { Select, TextArea, TextField } from "#app/components/ui/field.tsx";

const kinds = ["education", "training", "experience"] as const;

/** The fields of a proof of competence; a correction begins with what stood there. */
export function BasisFields({ state }: { state: FormState | undefined }) {
  const t = useT();
  const { choices, before, scanned, today } = useLoaderData<typeof loader>();
  const sent = (name: string, old: string | null | undefined): string => {
    const value = state?.values[name];
    return typeof value === "string" ? value : (old ?? "");
  };
  const error = (name: string): string | undefined => state?.errors[name];
  return (
    <>
      <Select
        label={t("What it is")}
        name="kind"
        defaultValue={sent("kind", before?.kind)}
        error={error("kind")}
      >
        <option value="">{t("Please choose")}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(basisKindNames[kind])}
          </option>
        ))}
      </Select>
      <TextField
        label={t("Title")}
        name="title"
        maxLength={200}
        hint={t("The degree, the course, or the work and what you were responsible for.")}
        defaultValue={sent("title", before?.title)}
        error={error("title")}
      />
      <TextField
        label={t("Issued or confirmed by")}
        name="issuer"
        maxLength={200}
        defaultValue={sent("issuer", before?.issuer)}
        error={error("issuer")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t("Obtained on")}
          name="obtainedOn"
          type="date"
          max={today}
          defaultValue={sent("obtainedOn", before?.obtainedOn)}
          error={error("obtainedOn")}
        />
        <TextField
          label={t("Valid until (if it ends)")}
          name="validUntil"
          type="date"
          defaultValue={sent("validUntil", before?.validUntil)}
          error={error("validUntil")}
        />
      </div>
      <Select
        label={t("For which requirement")}
        name="requirement"
        hint={t(
          "Some requirements count only their own training, for example those a law sets for every year.",
        )}
        defaultValue={sent("requirement", before?.requirement?.slug)}
        error={error("requirement")}
      >
        <option value="">{t("None: keep it on my record")}</option>
        {choices.map(({ slug, title, accepts }) => (
          <option key={slug} value={slug}>
            {accepts.some((kind) => kind !== "attestation")
              ? title
              : t("{{title}} (only its training counts)", { title })}
          </option>
        ))}
      </Select>
      <FileField
        label={t("File")}
        name="file"
        largest={largestProof}
        accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
        hint={
          scanned
            ? t("PDF, PNG or JPEG, 10 MB at most. Checked by type and content, and by a virus scanner.")
            : t(
                "PDF, PNG or JPEG, 10 MB at most. Checked by type and content; no virus scanner is connected.",
              )
        }
        error={error("file")}
      />
      <TextField
        label={t("Or a link to it")}
        name="link"
        type="url"
        maxLength={500}
        defaultValue={sent("link", before?.link)}
        error={error("link")}
      />
      <TextArea
        label={t("Note")}
        name="note"
        rows={3}
        maxLength={1000}
        hint={t("HR, your manager and auditors read it.")}
        defaultValue={sent("note", before?.note)}
        error={error("note")}
      />
    </>
  );
}
