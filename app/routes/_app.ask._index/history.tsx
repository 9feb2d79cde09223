import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { useWords } from "#app/components/words.ts";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Select, TextField } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, EmptyState } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import { outcomes } from "#app/domain/risk/outcome.ts";
import type { loader } from "./route.tsx";

/** The actor's own questions: searched, narrowed and paged by the address, so that a link leads to what is shown. */
export function History() {
  const t = useT();
  const { questions, next, older, filter } = useLoaderData<typeof loader>();
  const narrowed = filter.q !== "" || filter.outcome !== "";
  return (
    <section aria-labelledby="history" className="mt-12">
      <h2 id="history" className="mb-4 text-xl">
        {older ? t("Asked earlier") : t("Asked before")}
      </h2>
      {questions.length > 0 || narrowed || older ? <FilterForm /> : null}
      {questions.length === 0 ? (
        <Nothing />
      ) : (
        <ul className="space-y-3">
          {questions.map((q) => (
            <Card as="li" key={q.id} className="relative">
              <div className="flex flex-wrap items-center gap-2">
                <OutcomeBadge outcome={q.outcome} />
                <span className="text-muted text-sm">
                  <Day at={q.askedAt.toISOString()} />
                </span>
              </div>
              <h3 className="mt-2 line-clamp-2 text-base wrap-anywhere">
                <Link
                  to={`/ask/${q.id}`}
                  lang={q.language}
                  className="hover:text-accent after:absolute after:inset-0"
                >
                  {q.text}
                </Link>
              </h3>
            </Card>
          ))}
        </ul>
      )}
      <nav aria-label={t("Pages of the history")} className="mt-6 flex flex-wrap gap-3 empty:hidden">
        {older ? (
          <ButtonLink look="secondary" to={addressOf(filter, null)}>
            {t("Back to the newest")}
          </ButtonLink>
        ) : null}
        {next ? (
          <ButtonLink look="secondary" to={addressOf(filter, next)}>
            {t("Earlier questions")}
          </ButtonLink>
        ) : null}
      </nav>
    </section>
  );
}

function FilterForm() {
  const t = useT();
  const words = useWords();
  const { filter } = useLoaderData<typeof loader>();
  const busy = useNavigation().state !== "idle";
  return (
    <Form
      method="get"
      action="/ask#history"
      role="search"
      aria-label={t("Your questions")}
      key={`${filter.q}-${filter.outcome}`}
      className="mb-6 grid items-end gap-4 sm:grid-cols-[1fr_14rem_auto]"
    >
      <TextField
        label={t("Search your questions")}
        name="q"
        type="search"
        maxLength={200}
        defaultValue={filter.q}
      />
      <Select label={t("Answer")} name="outcome" defaultValue={filter.outcome}>
        <option value="">{t("Any")}</option>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {words.outcomes[outcome]}
          </option>
        ))}
      </Select>
      <Button look="secondary" disabled={busy}>
        {t("Search")}
      </Button>
    </Form>
  );
}

function Nothing() {
  const t = useT();
  const { older, filter } = useLoaderData<typeof loader>();
  if (filter.q !== "" || filter.outcome !== "")
    return (
      <EmptyState
        title={older ? t("Nothing further back fits") : t("No question of yours fits")}
        action={
          <ButtonLink look="secondary" to="/ask#history">
            {t("Show all your questions")}
          </ButtonLink>
        }
      >
        {t("Try fewer words, or any answer.")}
      </EmptyState>
    );
  return (
    <EmptyState title={older ? t("Nothing further back") : t("Nothing asked yet")}>
      {older ? null : t("Your questions and their answers stay here, for you to come back to.")}
    </EmptyState>
  );
}

function addressOf(filter: { q: string; outcome: string }, before: Date | null): string {
  const search = new URLSearchParams();
  if (filter.q !== "") search.set("q", filter.q);
  if (filter.outcome !== "") search.set("outcome", filter.outcome);
  if (before) search.set("before", before.toISOString());
  return `/ask${search.size > 0 ? `?${search.toString()}` : ""}#history`;
}
