import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { BasisBadge } from "#app/components/basis-badge.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card } from "#app/components/ui/surface.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** What waits for the reader beside training and policies: what was decided of theirs, what they act on or decide. */
export function WaitingForYou() {
  const t = useT();
  const { decided, actions, toDecide } = useLoaderData<typeof loader>().waiting;
  const { proofs, erasures } = toDecide;
  if (decided.length + actions.length + proofs + erasures === 0) return null;
  return (
    <Rows id="waiting" title={t("Waiting for you")}>
      {decided.map((one) => (
        <Row key={one.id} to={`/basis/${one.id}`} words={one.title}>
          <BasisBadge state={one.state} />
          <Day at={one.at.toISOString()} />
        </Row>
      ))}
      {actions.map(({ id, nonconformity, dueOn, overdue }) => (
        <Row key={id} to={`/actions/${id}`} words={nonconformity}>
          <Badge>{t("Corrective action")}</Badge>
          <span>
            <Rich text="due <day/>" elements={{ day: <Day at={dueOn} /> }} />
          </span>
          {overdue ? <Badge tone="bad">{t("Overdue")}</Badge> : null}
        </Row>
      ))}
      {proofs > 0 ? (
        <Row to="/basis" words={t("{{count}} proofs wait for a decision", { count: proofs })} />
      ) : null}
      {erasures > 0 ? (
        <Row
          to="/privacy/requests"
          words={t("{{count}} requests for erasure wait for a decision", { count: erasures })}
        />
      ) : null}
    </Rows>
  );
}

/** Proofs of the reader that somebody else is to decide. */
export function WaitingForOthers() {
  const t = useT();
  const { undecided } = useLoaderData<typeof loader>().waiting;
  if (undecided.length === 0) return null;
  return (
    <Rows id="undecided" title={t("Waiting for others")}>
      {undecided.map((one) => (
        <Row key={one.id} to={`/basis/${one.id}`} words={one.title}>
          <BasisBadge state={one.state} />
          <Day at={one.at.toISOString()} />
        </Row>
      ))}
    </Rows>
  );
}

function Rows({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="mb-6" aria-labelledby={id}>
      <Card>
        <h2 id={id} className="text-lg">
          {title}
        </h2>
        <ul className="divide-line mt-2 divide-y">{children}</ul>
      </Card>
    </section>
  );
}

function Row({ to, words, children }: { to: string; words: string; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5">
      <Link
        to={to}
        className="text-accent inline-flex min-h-11 min-w-0 items-center font-medium underline underline-offset-4 wrap-anywhere"
      >
        <span className="line-clamp-2">{words}</span>
      </Link>
      <span className="flex flex-wrap items-center gap-2 text-sm">{children}</span>
    </li>
  );
}
