import { Form, useActionData, useNavigation, useSubmit } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { Confirmation, TextField } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { mostColleagues, shortestSearch } from "#app/domain/assistant/share.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { action, QuestionView } from "./route.tsx";

/** Who else may read the answer: colleagues chosen one by one, each of whom can be left out again. */
export function Share({ view }: { view: QuestionView }) {
  const t = useT();
  if (view.viewer === "colleague") return null;
  return (
    <Card as="section" id="share" className="print:hidden">
      <h2 className="text-lg">{t("Share with a colleague")}</h2>
      <p className="text-muted mt-1 text-sm text-pretty">
        {t(
          "They read this question with its answers, those to come included, and your name. They cannot answer, open a case or share it on.",
        )}
      </p>
      <Search key={view.shares.length} view={view} />
      <Refusal />
      {view.search === "" ? null : <Found view={view} />}
      {view.shares.length > 0 ? (
        <>
          <h3 className="mt-6 text-base">{t("Shared with")}</h3>
          <ul className="divide-line mt-2 divide-y">
            {view.shares.map((share) => (
              <TakeBack key={share.personId} share={share} questionId={view.id} />
            ))}
          </ul>
        </>
      ) : null}
    </Card>
  );
}

/** Looks colleagues up by a form; with scripts as one types. */
function Search({ view }: { view: QuestionView }) {
  const t = useT();
  const submit = useSubmit();
  return (
    <Form
      method="get"
      action={`/ask/${view.id}#share`}
      role="search"
      aria-label={t("Colleagues")}
      preventScrollReset
      className="mt-4 flex max-w-xl items-end gap-3"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      <div className="min-w-0 flex-1">
        <TextField
          label={t("Name of a colleague")}
          name="colleague"
          type="search"
          autoComplete="off"
          maxLength={100}
          defaultValue={view.search}
        />
      </div>
      <Button look="secondary">{t("Find")}</Button>
    </Form>
  );
}

function Refusal() {
  const refusal = useActionData<typeof action>()?.errors["colleague"];
  if (!refusal) return null;
  return (
    <p role="alert" className="text-bad-ink mt-3 text-sm font-medium">
      {refusal}
    </p>
  );
}

function Found({ view }: { view: QuestionView }) {
  const t = useT();
  const busy = useNavigation().formMethod === "POST";
  const { colleagues, search } = view;
  return (
    <div className="mt-4">
      <p role="status" className="text-muted text-sm">
        {search.length < shortestSearch
          ? t("Type at least {{letters}} letters of the name.", { letters: shortestSearch })
          : colleagues.length === 0
            ? t("Nobody else here is called “{{name}}”.", { name: search })
            : colleagues.length === mostColleagues
              ? t("The first {{people}} people. Type more of the name to see others.", {
                  people: mostColleagues,
                })
              : t("{{count}} people found.", { count: colleagues.length })}
      </p>
      <ul className="divide-line mt-2 divide-y">
        {colleagues.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
            <p className="min-w-0 text-sm">
              <span className="font-medium">{one.name}</span>
              <span className="text-muted block">
                {one.title}, {one.department}
              </span>
            </p>
            <Form method="post" action={`/ask/${view.id}#share`} preventScrollReset>
              <input type="hidden" name="intent" value="share" />
              <input type="hidden" name="personId" value={one.id} />
              <Button
                look="secondary"
                disabled={busy}
                aria-label={t("Share with {{name}}", { name: one.name })}
              >
                {t("Share")}
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </div>
  );
}

function TakeBack({ share, questionId }: { share: QuestionView["shares"][number]; questionId: string }) {
  const t = useT();
  const state = useActionData<typeof action>();
  const busy = useNavigation().formMethod === "POST";
  const sent = state?.values["intent"] === "unshare" && state.values["personId"] === share.personId;
  const error = sent ? state.errors["confirmed"] : undefined;
  const errorId = `take-back-${share.personId}`;
  return (
    <li className="py-3">
      <p className="text-sm">
        <span className="font-medium">{share.name}</span>
        <span className="text-muted block">
          <Rich
            text="{{title}}, since <day/>"
            values={{ title: share.title }}
            elements={{ day: <Day at={share.at.toISOString()} /> }}
          />
        </span>
      </p>
      <details open={error ? true : undefined}>
        <summary className="w-fit cursor-pointer py-3 text-sm font-semibold">
          <Rich
            text="Take it back<from> from {{name}}</from>"
            values={{ name: share.name }}
            elements={{ from: <span className="sr-only" /> }}
          />
        </summary>
        <Form
          method="post"
          action={`/ask/${questionId}#share`}
          preventScrollReset
          noValidate
          className="bg-sunken space-y-3 rounded-xl p-4"
        >
          <input type="hidden" name="intent" value="unshare" />
          <input type="hidden" name="personId" value={share.personId} />
          <Confirmation errorId={errorId} error={error}>
            {t("{{name}} can no longer open it", { name: share.name })}
          </Confirmation>
          <Button
            look="danger"
            disabled={busy}
            aria-label={t("Take it back from {{name}}", { name: share.name })}
          >
            {t("Take it back")}
          </Button>
        </Form>
      </details>
    </li>
  );
}
