import { Form, useNavigation } from "@remix-run/react";
import { useT } from "#app/i18n/use-t.tsx";
import { ConcernBadge } from "./concern-badge.tsx";
import { ConcernHistory } from "./concern-history.tsx";
import { Button } from "./ui/button.tsx";
import { TextField } from "./ui/field.tsx";
import { Badge, Card } from "./ui/surface.tsx";
import {
  type ConcernEventKind,
  type ConcernKind,
  concernKindNames,
  type ConcernStatus,
} from "#app/domain/assistant/concern.ts";

export type Followed = {
  about: { number: number; kind: ConcernKind; status: ConcernStatus; text: string; at: Date };
  history: { id: string; kind: ConcernEventKind; at: Date; actor: string; note: string }[];
};

/** The way back to a report without a name, and the report once its code was given. */
export function FollowUp({
  followed,
  code,
  error,
}: {
  followed: Followed | null;
  /** As typed, when it was refused with `error`. */
  code: string;
  error: string | undefined;
}) {
  const t = useT();
  const busy = useNavigation().formMethod === "POST";
  // On a narrow screen the answer to the form comes before the list, not below it.
  const asked = followed !== null || error !== undefined;
  return (
    <Card as="section" id="follow-up" className={asked ? "max-lg:order-first" : ""}>
      <h2 className="text-lg">{t("Follow up with a code")}</h2>
      {followed ? (
        <Report {...followed} />
      ) : (
        <Form method="post" className="mt-4 space-y-4" noValidate>
          <TextField
            label={t("Follow-up code")}
            name="code"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            defaultValue={code}
            hint={t("You got it when you sent a report without your name. Hyphens and spaces do not matter.")}
            error={error}
          />
          <Button look="secondary" disabled={busy}>
            {busy ? t("Looking…") : t("Show the report")}
          </Button>
          <p className="text-muted text-sm">{t("Nothing is noted about who looks.")}</p>
        </Form>
      )}
    </Card>
  );
}

function Report({ about, history }: Followed) {
  const t = useT();
  return (
    <div className="mt-4 space-y-5" role="status">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted text-sm font-medium">
          {t("Report {{number}}", { number: about.number })}
        </span>
        <ConcernBadge status={about.status} acknowledged={history.length > 0} />
        <Badge>{t(concernKindNames[about.kind])}</Badge>
      </div>
      <blockquote className="border-line-strong border-l-2 pl-3 text-sm whitespace-pre-line wrap-anywhere">
        {about.text}
      </blockquote>
      <ConcernHistory
        reportedAt={about.at.toISOString()}
        history={history.map((step) => ({ ...step, at: step.at.toISOString() }))}
      />
    </div>
  );
}
