import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Choice, TextField } from "#app/components/ui/field.tsx";
import { filterQuery } from "#app/domain/competence/board.ts";
import type { SavedView } from "#app/domain/competence/saved-view.server.ts";
import { useT } from "#app/i18n/use-t.tsx";
import type { action, loader } from "./route.tsx";

/** Filters kept under a name: to open, to keep the one that is shown, and to look after the own ones. */
export function Views() {
  const t = useT();
  const { views, filter, narrowed } = useLoaderData<typeof loader>();
  const own = views.filter((view) => view.own);
  const sent = useActionData<typeof action>()?.values["intent"];
  if (views.length === 0 && !narrowed) return null;
  return (
    <section aria-label={t("Saved views")} className="mb-6 flex flex-wrap items-start gap-x-5 gap-y-1">
      {views.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {views.map(({ id, name, query, own: mine, owner }) => (
            <li key={id} className="max-w-full">
              <Link
                to={query === "" ? "/board?view=none" : `/board?${query}`}
                aria-current={query === filterQuery(filter) ? "true" : undefined}
                className="border-line-strong hover:bg-sunken aria-[current=true]:bg-accent-soft aria-[current=true]:text-accent-ink inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-full border px-4 text-sm font-medium"
              >
                <span className="truncate">{name}</span>
                {mine ? null : <span className="text-muted">{t("by {{name}}", { name: owner })}</span>}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {narrowed ? (
        <details open={sent === "save" ? true : undefined} className="min-w-0">
          <summary className={summary}>{t("Save this view")}</summary>
          <ViewForm intent="save" view={null} />
        </details>
      ) : null}
      {own.length > 0 ? (
        <details open={sent === "change" ? true : undefined} className="min-w-0">
          <summary className={summary}>{t("Change my views")}</summary>
          <ul className="mt-2 space-y-4">
            {own.map((view) => (
              <li key={view.id} className="border-line rounded-xl border p-4">
                <ViewForm intent="change" view={view} />
                <details>
                  <summary className="text-bad-ink inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold">
                    {t("Delete “{{name}}” …", { name: view.name })}
                  </summary>
                  <Form method="post" replace>
                    <input type="hidden" name="intent" value="delete" />
                    <input type="hidden" name="id" value={view.id} />
                    <p className="mb-2 text-sm">
                      {t("The view goes for everybody who has it. People and records stay.")}
                    </p>
                    <Button look="danger">{t("Delete the view")}</Button>
                  </Form>
                </details>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const summary = "text-accent inline-flex min-h-11 cursor-pointer items-center text-sm font-semibold";

function ViewForm({ intent, view }: { intent: "save" | "change"; view: SavedView | null }) {
  const t = useT();
  const { filter, mayShare } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>();
  const ours = state?.values["intent"] === intent && (view === null || state.values["id"] === view.id);
  const name = ours ? state.values["name"] : view?.name;
  return (
    <Form method="post" replace className="mt-2 max-w-md space-y-3" noValidate>
      <input type="hidden" name="intent" value={intent} />
      {view ? <input type="hidden" name="id" value={view.id} /> : null}
      <input type="hidden" name="query" value={view?.query ?? filterQuery(filter)} />
      <TextField
        id={`view-name-${view?.id ?? "new"}`}
        label={t("Name of the view")}
        name="name"
        maxLength={60}
        defaultValue={typeof name === "string" ? name : ""}
        error={ours ? (state.errors["name"] ?? state.message) : undefined}
      />
      {mayShare ? (
        <Choice type="checkbox" name="shared" value="yes" defaultChecked={view?.shared}>
          {t("Share with everybody who sees the whole board")}
        </Choice>
      ) : null}
      <Choice type="checkbox" name="opens" value="yes" defaultChecked={view?.opens}>
        {t("Open the board with this view")}
      </Choice>
      <Button look="secondary">{t("Save the view")}</Button>
    </Form>
  );
}
