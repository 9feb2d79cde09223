import type { SentForm } from "#app/components/form-text.ts";
import { Day } from "#app/components/ui/moment.tsx";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import { ExceptionForm } from "./exception-form.tsx";
import type { RecordView } from "./route.tsx";

/** That a requirement asks this person by name, by whom and why, and the form that ends it. */
export function Named({
  slug,
  title,
  view,
  form,
}: {
  slug: string;
  title: string;
  view: RecordView;
  form: SentForm;
}) {
  const t = useT();
  const own = view.namings.filter((naming) => naming.requirement === slug);
  return own.map(({ id, reason, by, at, until }) => (
    <div key={id} className="mt-3 text-sm">
      <p className="font-medium">
        <Rich
          text={until ? "Asked by name since <from/>, until <until/>" : "Asked by name since <from/>"}
          elements={{ from: <Day at={at.toISOString()} />, until: <Day at={until ?? ""} /> }}
        />
      </p>
      <p className="whitespace-pre-line wrap-anywhere">{reason}</p>
      <p className="text-muted">{by}</p>
      {view.mayName ? (
        <ExceptionForm
          intent="end_naming"
          id={id}
          title={t("Ask it no longer by name")}
          about={title}
          send={t("Ask it no longer")}
          form={form}
          hint={t("Where no rule asks it, what is open ends today. What was proven stays on the record.")}
        />
      ) : null}
    </div>
  ));
}
