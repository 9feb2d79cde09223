import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { CopyField } from "#app/components/copy-field.tsx";
import { ScopeWords } from "#app/components/scope-words.tsx";
import { Card, PageHeader } from "#app/components/ui/surface.tsx";
import { allow, can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Audit"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "pack.make", { department: actor.scope?.departments?.[0] ?? null });
  const parts = [
    {
      to: "/audit/packs",
      title: msg("Audit packs"),
      text: msg(
        "All evidence of a time and scope in one signed archive, ordered by the clauses of the standard.",
      ),
      show: true,
    },
    {
      to: "/audit/samples",
      title: msg("Random samples"),
      text: msg("Draw people at random, in a way that can be drawn again, and read their records."),
      show: can(actor, "sample.draw"),
    },
    {
      to: "/board",
      title: msg("Board"),
      text: msg("Who is competent in what today, person by person."),
      show: can(actor, "board.read"),
    },
    {
      to: "/audit/seats",
      title: msg("Auditor seats"),
      text: msg("Let an auditor from outside in: read-only, for some departments and for some time."),
      show: can(actor, "seat.manage"),
    },
    {
      to: "/audit/reads",
      title: msg("Who read whose record"),
      text: msg("Every time somebody opened the record of somebody else."),
      // Everybody reads of themselves, on their own record.
      show: can(actor, "reads.read", {}),
    },
    {
      to: "/admin/audit",
      title: msg("Audit log"),
      text: msg("Every event in its hash chain, and the seals over them."),
      show: can(actor, "audit.read"),
    },
  ];
  return {
    parts: parts.filter((one) => one.show),
    scope: actor.scope ?? null,
    keyId: context.keyId,
  };
}

export default function Audit() {
  const t = useT();
  const { parts, scope, keyId } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Audit")}
        lead={t("What an auditor asks for under ISO/IEC 42001, and how to check that it is genuine.")}
      />
      {scope ? (
        <Card className="mb-6">
          <h2 className="text-lg">{t("Your seat")}</h2>
          <p className="mt-2">
            <ScopeWords scope={scope} />
          </p>
          <p className="text-muted mt-2 text-sm">
            {t("You can read and draw samples; nothing can be changed. Every record you open is noted.")}
          </p>
        </Card>
      ) : null}
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {parts.map(({ to, title, text }) => (
          <Card as="li" key={to}>
            <h2 className="text-lg">
              <Link to={to} className="text-accent underline-offset-4 hover:underline">
                {t(title)}
              </Link>
            </h2>
            <p className="text-muted mt-2 text-sm">{t(text)}</p>
          </Card>
        ))}
      </ul>
      <section className="mt-8 max-w-3xl" aria-labelledby="key">
        <h2 id="key" className="mb-2 text-lg">
          {t("The key that seals and packs are signed with")}
        </h2>
        <p className="text-muted mb-3 text-sm">
          {t(
            "Give this fingerprint to the auditor by another way than the pack, so that they can compare it.",
          )}
        </p>
        <CopyField label={t("Fingerprint (SHA-256)")} value={keyId} />
      </section>
    </>
  );
}
