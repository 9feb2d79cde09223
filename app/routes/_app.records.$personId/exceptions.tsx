import { fieldOf, type SentForm } from "#app/components/form-text.ts";
import { TextField } from "#app/components/ui/field.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { ExceptionForm } from "./exception-form.tsx";
import { placeOf } from "./record-form.ts";
import type { Period } from "./route.tsx";

/** Where HR departed from the rule for this period, and the forms to do so. */
export function Exceptions({
  period,
  about,
  today,
  form,
}: {
  period: Period;
  about: string;
  today: string;
  form: SentForm;
}) {
  const t = useT();
  const { id, waivers, grants } = period;
  return (
    <>
      {waivers.length + grants.length > 0 ? (
        <div>
          <h4 className="text-sm font-semibold">{t("Exceptions")}</h4>
          <ul className="mt-2 space-y-3 text-sm">
            {waivers.map((waiver) => (
              <Exception
                key={waiver.id}
                exception={waiver}
                after={
                  waiver.ended ? (
                    <Ended ended={waiver.ended} />
                  ) : period.mayWaive && waiver.counts ? (
                    <ExceptionForm
                      intent="end_waiver"
                      id={waiver.id}
                      title={t("End this waiver early")}
                      about={about}
                      send={t("End the waiver")}
                      form={form}
                      hint={t(
                        "The waiver stays on the record with its end. The training is due again at once.",
                      )}
                    />
                  ) : null
                }
              >
                <Rich
                  text={waiver.ended ? "Waived, and ended early <day/>" : "Waived until <day/>"}
                  elements={{
                    day: <Day at={waiver.lastDay.toISOString()} zone={waiver.ended ? undefined : "UTC"} />,
                  }}
                />
              </Exception>
            ))}
            {grants.map((grant) => (
              <Exception key={grant.grantedAt.toISOString()} exception={grant}>
                {t("One more attempt granted")}
              </Exception>
            ))}
          </ul>
        </div>
      ) : null}
      {period.mayWaive ? (
        <ExceptionForm
          key={waivers.length}
          intent="waive"
          id={id}
          title={waivers.length > 0 ? t("Grant a further waiver") : t("Grant a waiver")}
          about={about}
          send={t("Grant the waiver")}
          form={form}
          hint={t("For leave and the like. The person and auditors read it; leave out medical details.")}
        >
          {(sent) => (
            <TextField
              id={`${placeOf("waive", id)}-until`}
              label={t("Last day")}
              {...fieldOf(sent, "until")}
              type="date"
              min={today}
              hint={t("On the day after, the training is due again.")}
            />
          )}
        </ExceptionForm>
      ) : null}
      {period.mayGrantAttempt ? (
        <ExceptionForm
          key={`attempt-${grants.length}`}
          intent="grant_attempt"
          id={id}
          title={t("Grant one more attempt")}
          about={about}
          send={t("Grant the attempt")}
          form={form}
          hint={t("All attempts are used up. Say what has changed since; the person and auditors read it.")}
        />
      ) : null}
    </>
  );
}

function Ended({ ended }: { ended: { at: Date; by: string; reason: string } }) {
  return (
    <div className="mt-1">
      <p className="whitespace-pre-line wrap-anywhere">{ended.reason}</p>
      <p className="text-muted">
        {ended.by}, <Moment at={ended.at.toISOString()} />
      </p>
    </div>
  );
}

function Exception({
  exception,
  after = null,
  children,
}: {
  exception: { reason: string; grantedBy: string; grantedAt: Date };
  /** What became of it. */
  after?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <li>
      <div className="font-medium">{children}</div>
      <p className="whitespace-pre-line wrap-anywhere">{exception.reason}</p>
      <p className="text-muted">
        {exception.grantedBy}, <Moment at={exception.grantedAt.toISOString()} />
      </p>
      {after}
    </li>
  );
}
