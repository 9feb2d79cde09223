import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { glossaryIn } from "#app/domain/content/term.ts";
import { allow } from "#app/domain/people/permission.ts";
import { languageOf } from "#app/http/language.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ matches }) => pageTitle(matches, (t) => t("Glossary"));

/** The words of the field; `q` looks for some in term and explanation. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "policy.read", {});
  const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 100);
  const language = await languageOf(request);
  const all = glossaryIn(context.terms, language);
  const wanted = q.toLocaleLowerCase(language);
  const terms = all.filter((one) =>
    `${one.term} ${one.definition}`.toLocaleLowerCase(language).includes(wanted),
  );
  return { q, terms };
}

export default function Glossary() {
  const { q, terms } = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("Glossary")}
        lead={t(
          "The words of AI at work, in plain language. Terms of the law are named as the law names them.",
        )}
      />
      <Form role="search" className="mb-8 flex max-w-xl flex-wrap items-end gap-3">
        <div className="min-w-0 flex-1">
          <TextField label={t("Find a word")} name="q" type="search" defaultValue={q} />
        </div>
        <Button look="secondary">{t("Find")}</Button>
      </Form>
      {terms.length === 0 ? (
        <EmptyState
          title={t("No such word")}
          action={<ButtonLink to="/glossary">{t("Show all words")}</ButtonLink>}
        >
          {t("Try a shorter word, or ask the assistant what it means at work.")}
        </EmptyState>
      ) : (
        <dl className="grid gap-x-10 gap-y-6 md:grid-cols-2">
          {terms.map((one) => (
            <div key={one.id} id={one.id} lang={one.language} className="scroll-mt-20">
              <dt className="font-semibold">{one.term}</dt>
              <dd className="text-muted mt-1 max-w-[65ch] text-pretty">
                {one.definition}
                {one.source ? <span className="mt-1 block text-sm">{one.source}</span> : null}
                {one.seeAlso.length > 0 ? (
                  <span className="mt-1 block text-sm">
                    {t("See also:")}{" "}
                    {one.seeAlso.map((other, i) => (
                      <span key={other.id}>
                        {i > 0 ? ", " : ""}
                        <a
                          href={`/glossary#${other.id}`}
                          className="text-accent underline underline-offset-4"
                        >
                          {other.term}
                        </a>
                      </span>
                    ))}
                  </span>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
