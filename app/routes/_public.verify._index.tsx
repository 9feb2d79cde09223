import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card } from "#app/components/ui/surface.tsx";
import { VerifyForm } from "#app/components/verify-form.tsx";
import { readCode } from "#app/domain/evidence/certificate.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Check a certificate"));

/** Sends a code that was typed to its own page; says so when it cannot be a code. */
export async function loader({ request }: LoaderFunctionArgs) {
  const typed = new URL(request.url).searchParams.get("code")?.trim().slice(0, 60);
  if (typed === undefined) return { typed: "", error: undefined };
  const code = readCode(typed);
  if (code !== null) throw redirect(`/verify/${code}`);
  const t = await translateFor(request);
  const error = t(
    typed === "" ? "Type the code first." : "A code has five groups of four letters and digits.",
  );
  return data({ typed, error }, { status: 422 });
}

export default function Verify() {
  const t = useT();
  const { typed, error } = useLoaderData<typeof loader>();
  return (
    <div className="mx-auto max-w-xl pt-6 sm:pt-12">
      <h1 className="text-3xl">{t("Check a certificate")}</h1>
      <p className="text-muted mt-3 mb-8 text-lg text-pretty">
        {t(
          "Every certificate carries a code. Type it to see whether the certificate is genuine and still counts.",
        )}
      </p>
      <Card>
        <VerifyForm typed={typed} error={error} />
      </Card>
    </div>
  );
}
