import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, Detail } from "#app/components/ui/surface.tsx";
import { VerifyForm } from "#app/components/verify-form.tsx";
import { type CertificateStatus, revocationCategoryNames } from "#app/domain/evidence/certificate.ts";
import { verificationOf } from "#app/domain/evidence/verification.server.ts";
import { sourceLanguage } from "#app/domain/content/language.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  ...pageTitle(matches, (t) =>
    data?.certificate ? t(words[data.certificate.status].title) : t("No such certificate"),
  ),
  // It names a person; whoever holds the code may look, and nobody should find it by searching.
  { name: "robots", content: "noindex" },
];

/** What anybody who holds the code may know. An unknown code is a 404 that lets one type it again. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const typed = (params["code"] ?? "").slice(0, 60);
  const certificate = await verificationOf(context.db, typed, context.now());
  return data({ typed, certificate }, { status: certificate ? 200 : 404 });
}

const words = {
  valid: {
    title: msg("This certificate is valid"),
    text: msg("It was issued by the organisation below and counts today."),
    sign: "check",
    look: "bg-good-soft text-good-ink",
  },
  expired: {
    title: msg("This certificate has expired"),
    text: msg("It is genuine, but the time it was issued for is over. It no longer counts."),
    sign: "clock",
    look: "bg-warn-soft text-warn-ink",
  },
  revoked: {
    title: msg("This certificate was revoked"),
    text: msg("It was issued by the organisation below, which has withdrawn it. It no longer counts."),
    sign: "cross",
    look: "bg-bad-soft text-bad-ink",
  },
} as const satisfies Record<CertificateStatus, object>;

export default function Verification() {
  const t = useT();
  const lang = useLangOf()(sourceLanguage);
  const { typed, certificate } = useLoaderData<typeof loader>();
  if (!certificate) return <Unknown typed={typed} />;
  const { title, text, sign, look } = words[certificate.status];
  return (
    <div className="mx-auto max-w-xl pt-6 sm:pt-12">
      <Card as="article" className="overflow-hidden">
        <div className={`-mx-5 -mt-5 flex items-center gap-4 px-5 py-5 sm:-mx-6 sm:-mt-6 sm:px-6 ${look}`}>
          <Glyph name={sign} className="size-9" />
          <div>
            <h1 className="text-xl text-balance sm:text-2xl">{t(title)}</h1>
            <p className="mt-1 text-sm text-pretty">{t(text)}</p>
          </div>
        </div>
        <dl className="mt-6 grid gap-5 sm:grid-cols-2">
          <div className="sm:col-span-2">
            <dt className="text-muted text-sm">{t("Holder")}</dt>
            <dd className="mt-0.5 text-2xl font-bold tracking-tight wrap-anywhere">
              {certificate.holder.name ?? certificate.holder.initials}
            </dd>
            {certificate.holder.name ? null : (
              <dd className="text-muted text-sm">{t("The holder shows initials only.")}</dd>
            )}
          </div>
          <Detail term={t("Competence shown in")}>
            <span lang={lang}>{certificate.title}</span>
          </Detail>
          <Detail term={t("Issued by")}>{certificate.organisation}</Detail>
          <Detail term={t("Issued")}>
            <Day at={certificate.days.issued} />
          </Detail>
          <Detail term={t(certificate.status === "expired" ? "Expired" : "Expires")}>
            <Day at={certificate.days.last} />
          </Detail>
          {certificate.days.printed ? (
            <Detail term={t("Ends earlier than first printed")}>
              <Rich
                text={
                  certificate.endsEarlyBy === "module"
                    ? "<day/> was printed; the module has changed since"
                    : "<day/> was printed; the training was asked for again since"
                }
                elements={{ day: <Day at={certificate.days.printed} /> }}
              />
            </Detail>
          ) : null}
          {certificate.revokedAt ? (
            <Detail term={t("Revoked")}>
              <Day at={certificate.revokedAt.toISOString()} />
              {certificate.revocationCategory ? (
                <span className="block text-sm">
                  {t(revocationCategoryNames[certificate.revocationCategory])}
                </span>
              ) : null}
            </Detail>
          ) : null}
          {certificate.score === null ? null : (
            <Detail term={t("Result")}>{t("{{percent}} %", { percent: certificate.score })}</Detail>
          )}
          <Detail term={t("Module version")}>{certificate.moduleVersion}</Detail>
          <Detail term={t("Code")}>
            <span className="font-mono text-sm">{certificate.code}</span>
          </Detail>
        </dl>
        {certificate.successor ? (
          <p className="border-line mt-6 border-t pt-4 text-sm text-pretty">
            <Rich
              text={
                certificate.successor.status === "valid"
                  ? "It was followed by a newer certificate, issued on <issued/> and valid until <end/>."
                  : "It was followed by a newer certificate, issued on <issued/>, which expired on <end/>."
              }
              elements={{
                issued: <Day at={certificate.successor.days.issued} />,
                end: <Day at={certificate.successor.days.last} />,
              }}
            />
          </p>
        ) : null}
      </Card>
      <p className="text-muted mt-6 text-center text-sm text-pretty">
        {t("Compare the initials or the name and the dates with the paper in your hand.")}{" "}
        <Link to="/verify" className="text-accent underline underline-offset-4">
          {t("Check another certificate")}
        </Link>
      </p>
    </div>
  );
}

function Unknown({ typed }: { typed: string }) {
  const t = useT();
  return (
    <div className="mx-auto max-w-xl pt-6 sm:pt-12">
      <h1 className="text-3xl">{t("No such certificate")}</h1>
      <p className="text-muted mt-3 mb-8 text-lg text-pretty">
        {t(
          "No certificate was ever issued under this code. Compare it with the print, letter by letter; if it is the same, the certificate is not genuine.",
        )}
      </p>
      <Card>
        <VerifyForm typed={typed} />
      </Card>
    </div>
  );
}
