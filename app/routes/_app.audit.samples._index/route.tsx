import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { drawNew, samples, scopeChoices } from "#app/domain/pack/sample.server.ts";
import { sampleInput, sampleRefusalWords } from "#app/domain/pack/sample.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { SampleForm } from "./sample-form.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Random samples"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  return {
    samples: await samples(context.db, actor),
    choices: await scopeChoices(context.db, actor),
    today: context.now().toISOString().slice(0, 10),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, sampleInput);
  if (!form.ok) return form.response;
  const drawn = await drawNew(context.db, actor, form.value, context.now());
  if (drawn.ok) throw redirect(`/audit/samples/${drawn.id}`);
  const t = await translateFor(request);
  const message = t(sampleRefusalWords[drawn.reason]);
  if (drawn.reason === "future") return refused({ ...form.state, errors: { asAt: message } }, 422);
  return refused({ ...form.state, message }, 422);
}

export default function Samples() {
  const t = useT();
  const number = useNumber();
  const { samples } = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  return (
    <>
      <PageHeader
        title={t("Random samples")}
        lead={t(
          "People drawn at random from all who match. Seed, population and method are kept with the draw, so that anybody can draw it again; no draw can be changed or removed.",
        )}
      />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_24rem]">
        <section aria-labelledby="draws" className="min-w-0">
          <h2 id="draws" className="mb-3 text-lg">
            {t("Draws")}
          </h2>
          {samples.length === 0 ? (
            <EmptyState title={t("Nothing drawn yet")}>
              {t(
                "Say what the sample is for and of whom to draw. You then see the people and their records.",
              )}
            </EmptyState>
          ) : (
            <ul className="space-y-3">
              {samples.map(({ id, purpose, size, populationSize, drawnBy, drawnAt }) => (
                <Card as="li" key={id} className="py-4!">
                  <Link
                    to={`/audit/samples/${id}`}
                    className="text-accent font-semibold underline-offset-4 hover:underline"
                  >
                    {purpose}
                  </Link>
                  <p className="text-sm">
                    {t("{{size}} of {{total}} people", { size: number(size), total: number(populationSize) })}
                  </p>
                  <p className="text-muted text-sm">
                    <Rich
                      text="Drawn by <name/>, <when/>"
                      elements={{ name: <span>{drawnBy}</span>, when: <Moment at={drawnAt.toISOString()} /> }}
                    />
                  </p>
                </Card>
              ))}
            </ul>
          )}
        </section>
        <SampleForm form={form} />
      </div>
    </>
  );
}
