import { useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { ButtonAnchor } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Badge, Card, Detail } from "#app/components/ui/surface.tsx";
import { basisStateNames, observationMethodNames } from "#app/domain/competence/basis.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What was submitted, and what was decided about it. */
export function BasisFacts() {
  const t = useT();
  const number = useNumber();
  const { entry } = useLoaderData<typeof loader>();
  const { file, link, criteria, method, events, requirement } = entry;
  return (
    <>
      <Card as="section">
        <dl className="grid gap-4 sm:grid-cols-2">
          <Detail term={method ? t("Seen by") : t("Issued or confirmed by")}>
            <span className="wrap-anywhere">{entry.issuer}</span>
          </Detail>
          <Detail term={t("For which requirement")}>
            {requirement ? <span lang="en">{requirement.title}</span> : t("None: kept on the record")}
          </Detail>
          <Detail term={method ? t("Seen on") : t("Obtained on")}>
            <Day at={entry.obtainedOn} />
          </Detail>
          <Detail term={t("Valid until")}>
            {entry.validUntil ? <Day at={entry.validUntil} /> : t("It does not end")}
          </Detail>
          {method ? <Detail term={t("How it was seen")}>{t(observationMethodNames[method])}</Detail> : null}
          <Detail term={t("Submitted")}>
            {entry.submittedBy}, <Moment at={entry.submittedAt.toISOString()} />
          </Detail>
        </dl>
        {entry.note ? <p className="mt-4 whitespace-pre-line wrap-anywhere">{entry.note}</p> : null}
        {file ? (
          <div className="mt-4">
            <ButtonAnchor href={`/proofs/${file.id}`} look="secondary">
              <Glyph name="down" />
              {file.name}
            </ButtonAnchor>
            <p className="text-muted mt-2 text-sm wrap-anywhere">
              {t("{{size}} kB, SHA-256 {{hash}}", {
                size: number(Math.ceil(file.size / 1000)),
                hash: file.sha256,
              })}
              {" · "}
              {file.scanned
                ? t("Scanned for viruses")
                : t("Checked by type and content, not by a virus scanner")}
            </p>
          </div>
        ) : null}
        {link ? (
          <p className="mt-4">
            <a
              href={link}
              rel="noreferrer noopener nofollow"
              className="text-accent font-medium underline underline-offset-4 wrap-anywhere"
            >
              {link}
            </a>
          </p>
        ) : null}
      </Card>
      {criteria ? (
        <Card as="section">
          <h2 className="mb-3 text-lg">{t("Criteria")}</h2>
          <ul className="divide-line divide-y">
            {criteria.map((one) => (
              <li key={one.text} className="py-3">
                <div className="flex flex-wrap items-start justify-between gap-2">
                  <span lang="en" className="min-w-0 font-medium">
                    {one.text}
                  </span>
                  <Badge tone={one.met ? "good" : "bad"}>
                    <Glyph name={one.met ? "check" : "cross"} className="size-3.5" />
                    {one.met ? t("Met") : t("Not met")}
                  </Badge>
                </div>
                {one.note ? <p className="text-muted mt-1 text-sm wrap-anywhere">{one.note}</p> : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {events.length > 0 ? (
        <Card as="section">
          <h2 className="mb-3 text-lg">{t("Decisions")}</h2>
          <ol className="border-line ml-2 space-y-4 border-l-2 pl-4">
            {events.map((event) => (
              <li key={event.at.toISOString()}>
                <p className="font-medium">{t(basisStateNames[event.kind])}</p>
                {event.note ? <p className="whitespace-pre-line wrap-anywhere">{event.note}</p> : null}
                <p className="text-muted text-sm">
                  {event.by}, <Moment at={event.at.toISOString()} />
                  {event.periodId ? <> · {t("counts for the requirement")}</> : null}
                </p>
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
    </>
  );
}
