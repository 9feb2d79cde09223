import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { nextStep } from "#app/components/next-step.ts";
import { DueLine, RequirementCard } from "#app/components/requirement-card.tsx";
import { ScoreRing } from "#app/components/score-ring.tsx";
import { StateBadge } from "#app/components/state-badge.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { byUrgency, isToDo } from "#app/domain/competence/agenda.ts";
import { learnerRequirements } from "#app/domain/competence/curriculum.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = () => [{ title: "Home · Clause7" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const [first, ...others] = byUrgency(await learnerRequirements(context.db, actor, now));
  return {
    now,
    name: actor.name.split(" ")[0],
    first: first ?? null,
    others,
    mayBoard: can(actor, "board.read"),
    mayDecide: can(actor, "case.queue"),
  };
}

export default function Home() {
  const { now, name, first, others } = useLoaderData<typeof loader>();
  const toDo = [first, ...others].filter((one) => one && isToDo(one.state)).length;
  return (
    <>
      <h1 className="text-2xl sm:text-3xl">Hello, {name}</h1>
      <p className="text-muted mt-2 mb-8">
        {toDo === 0
          ? "You have nothing to do. Ask before you use AI for something new."
          : toDo === 1
            ? "One thing is waiting for you."
            : `${toDo} things are waiting for you; this comes first.`}
      </p>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="space-y-6">
          {first && isToDo(first.state) ? <Hero /> : <AllDone />}
          {others.length > 0 ? (
            <section aria-labelledby="others">
              <h2 id="others" className="mb-4 text-xl">
                Your other requirements
              </h2>
              <ul className="space-y-5">
                {others.map((requirement) => (
                  <RequirementCard key={requirement.slug} requirement={requirement} now={now} />
                ))}
              </ul>
            </section>
          ) : null}
        </div>
        <Beside />
      </div>
    </>
  );
}

/** The one thing to do next. */
function Hero() {
  const { first, now } = useLoaderData<typeof loader>();
  if (!first) return null;
  const step = nextStep(first);
  return (
    <Card as="section" className="sm:p-8">
      <div className="flex flex-wrap items-center gap-x-8 gap-y-6">
        <ScoreRing
          value={first.percent / 100}
          label={`${first.percent} % of the lessons done`}
          className="size-28 sm:size-36"
        >
          <span className="text-2xl font-bold sm:text-3xl">{first.percent} %</span>
          <span className="text-muted block text-xs">of lessons</span>
        </ScoreRing>
        <div className="min-w-0 flex-1 basis-64">
          <StateBadge state={first.state} />
          <h2 className="mt-3 text-xl sm:text-2xl">{first.module.title}</h2>
          <p className="text-muted mt-2 text-pretty">{first.module.summary}</p>
          <p className="mt-3 text-sm font-medium">
            <DueLine {...first} now={now} />
          </p>
          <div className="mt-5 flex flex-wrap gap-3">
            <ButtonLink to={step.to}>
              {step.label}
              <Glyph name="right" />
            </ButtonLink>
            <ButtonLink to={`/learn/${first.slug}`} look="secondary">
              Overview
            </ButtonLink>
          </div>
        </div>
      </div>
    </Card>
  );
}

function AllDone() {
  const { first, now } = useLoaderData<typeof loader>();
  return (
    <Card as="section" className="sm:p-8">
      <div className="flex items-start gap-4">
        <span className="bg-good-soft text-good-ink grid size-12 shrink-0 place-items-center rounded-full">
          <Glyph name="check" className="size-6" />
        </span>
        <div>
          <h2 className="text-xl">{first ? "You are up to date" : "Nothing is assigned to you"}</h2>
          <p className="text-muted mt-2 text-pretty">
            {first
              ? "When a renewal opens or something new applies to your role, it appears here."
              : "When a requirement applies to your role, it appears here with its due date."}
          </p>
          {first ? (
            <p className="mt-4 text-sm">
              <Link
                to={`/learn/${first.slug}`}
                className="text-accent font-semibold underline underline-offset-4"
              >
                {first.title}
              </Link>{" "}
              · <DueLine {...first} now={now} />
            </p>
          ) : null}
        </div>
      </div>
    </Card>
  );
}

function Beside() {
  const { mayBoard, mayDecide } = useLoaderData<typeof loader>();
  const links = [
    {
      show: mayBoard,
      to: "/board",
      title: "Competence board",
      text: "Who is competent in what, and who is late.",
    },
    { show: mayDecide, to: "/cases", title: "Cases", text: "Uses of AI that wait for a decision." },
    {
      show: true,
      to: "/ask",
      title: "Report an AI concern",
      text: "Something looks wrong or unsafe? Say so. Reporting is never held against you.",
    },
  ].filter((link) => link.show);
  return (
    <div className="space-y-6">
      <Card as="section">
        <h2 className="text-lg">May I use AI for this?</h2>
        <p className="text-muted mt-1 mb-4 text-sm">
          Name the tool, the task and the data. You get a verdict with the clauses it rests on.
        </p>
        <Form method="get" action="/ask" className="space-y-3">
          <TextField
            label="Your question"
            name="question"
            maxLength={2000}
            required
            placeholder="May I summarise a customer e-mail with Quillmate?"
          />
          <Button className="w-full">Ask</Button>
        </Form>
      </Card>
      {links.map((link) => (
        <Card as="section" key={link.title} className="relative">
          <h2 className="text-base">
            <Link to={link.to} className="after:absolute after:inset-0 after:rounded-2xl">
              {link.title}
            </Link>
          </h2>
          <p className="text-muted mt-1 text-sm text-pretty">{link.text}</p>
        </Card>
      ))}
    </div>
  );
}
