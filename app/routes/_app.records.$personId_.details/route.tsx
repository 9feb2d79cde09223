import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { useDoneRole } from "#app/components/done-role.ts";
import { Day } from "#app/components/ui/moment.tsx";
import { Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { dayRefusalWords, leaveKindNames, type Place } from "#app/domain/competence/person-details.ts";
import {
  addSystem,
  changePerson,
  endSystem,
  personDetails,
  recordLeave,
  withdrawLeave,
} from "#app/domain/competence/person-details.server.ts";
import { movedDates } from "#app/domain/competence/leave.server.ts";
import { newPlaces } from "#app/domain/competence/place.server.ts";
import { personHistory } from "#app/domain/competence/person-history.server.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import type { Services } from "#app/http/services.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { intents } from "./fields.ts";
import { History } from "./history.tsx";
import { Details, Leaves, Systems } from "./sections.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Details of a person"));

const counted = z.coerce.number().int().min(0).catch(0);

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const details = found(await personDetails(context.db, actor, params["personId"] ?? "", now));
  const search = new URL(request.url).searchParams;
  const done = search.has("opened")
    ? { opened: counted.parse(search.get("opened")), ended: counted.parse(search.get("ended")) }
    : null;
  const ids = z.array(z.uuid()).safeParse(search.get("moved")?.split(",").filter(Boolean));
  const { id } = details.person;
  const moved = ids.success ? await movedDates(context.db, actor, id, ids.data) : null;
  const history = await personHistory(context.db, actor, details.person.id);
  return { details, history, done, moved, today: now.toISOString().slice(0, 10) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const personId = params["personId"] ?? "";
  // Read twice: which form it is decides how it is read.
  const { intent } = Object.fromEntries(await request.clone().formData());
  const run = await carryOut(context, actor, request, personId, String(intent));
  if ("response" in run) return run.response;
  const { changed, opened, ended, moved } = found(run.result);
  if (changed === 0) {
    const t = await translateFor(request);
    return refused({ message: t("Nothing to change: it says so already.") }, 409);
  }
  return redirect(
    `/records/${personId}/details?opened=${opened}&ended=${ended}${moved ? `&moved=${moved.join(",")}` : ""}`,
  );
}

const unknownWords: Record<Place, string> = {
  department: msg("Nobody is in “{{name}}” yet. Confirm that the department is new, or choose one there is."),
  location: msg("Nobody is in “{{name}}” yet. Confirm that the location is new, or choose one there is."),
};

async function carryOut(context: Services, actor: Actor, request: Request, personId: string, intent: string) {
  const { db } = context;
  const now = context.now();
  if (intent === "leave") {
    const form = await parseForm(request, intents.leave);
    if (!form.ok) return form;
    const result = await recordLeave(db, actor, { personId, ...form.value }, now);
    if (!result?.overlaps) return { result };
    const t = await translateFor(request);
    const { kind, ...days } = result.overlaps;
    const from = t("There is leave already on some of these days: {{kind}}, {{from}} – {{until}}.", {
      kind: t(leaveKindNames[kind]),
      ...days,
    });
    return { response: refused({ ...form.state, errors: { from } }, 422) };
  }
  if (intent === "withdraw") {
    const form = await parseForm(request, intents.withdraw);
    return form.ok ? { result: await withdrawLeave(db, actor, { personId, ...form.value }, now) } : form;
  }
  if (intent === "system") {
    const form = await parseForm(request, intents.system);
    return form.ok ? { result: await addSystem(db, actor, { personId, ...form.value }, now) } : form;
  }
  if (intent === "end_system") {
    const form = await parseForm(request, intents.end_system);
    return form.ok ? { result: await endSystem(db, actor, { personId, ...form.value }, now) } : form;
  }
  const form = await parseForm(request, intents.details);
  if (!form.ok) return form;
  const { from, newDepartment, newLocation, ...details } = form.value;
  const confirmed: Record<Place, string> = { department: newDepartment, location: newLocation };
  const unknown = (await newPlaces(db, actor, personId, details)).filter(
    (place) => confirmed[place] !== details[place],
  );
  if (unknown.length > 0) {
    const t = await translateFor(request);
    const words = (place: Place) => t(unknownWords[place], { name: details[place] });
    return {
      response: refused(
        { ...form.state, errors: Object.fromEntries(unknown.map((one) => [one, words(one)])) },
        422,
      ),
    };
  }
  const result = await changePerson(db, actor, { personId, details, from }, now);
  if (!result?.refused) return { result };
  const t = await translateFor(request);
  const errors = { from: t(dayRefusalWords[result.refused]) };
  return { response: refused({ ...form.state, errors }, 422) };
}

/** Which due dates leave moved, and until when. */
function Moved() {
  const t = useT();
  const { moved } = useLoaderData<typeof loader>();
  if (moved === null) return null;
  if (moved.length === 0) return <p>{t("No due date moved.")}</p>;
  return (
    <>
      <p>{t("These due dates moved:")}</p>
      <ul className="list-disc pl-5">
        {moved.map(({ title, dueAt }) => (
          <li key={title}>
            <Rich
              text="<title/>: now due <day/>"
              elements={{ title: <span lang="en">{title}</span>, day: <Day at={dueAt.toISOString()} /> }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

export default function DetailsPage() {
  const t = useT();
  const doneRole = useDoneRole();
  const { details, done } = useLoaderData<typeof loader>();
  const state = useActionData<typeof action>() ?? { errors: {}, values: {} };
  return (
    <div className="mx-auto max-w-3xl space-y-8">
      <PageHeader
        eyebrow={
          <Link to={`/records/${details.person.id}`} className="underline underline-offset-4">
            {details.person.name}
          </Link>
        }
        title={t("Details, leave and systems")}
        lead={t("What rules go by. A change runs them again at once; what was proven stays on record.")}
      />
      {state.message ? (
        <Notice tone="bad" role="alert">
          {state.message}
        </Notice>
      ) : done ? (
        <Notice tone="good" role={doneRole}>
          <p>{t("Saved: {{opened}} periods opened, {{ended}} ended.", done)}</p>
          <Moved />
        </Notice>
      ) : null}
      <Details form={state} />
      <Systems form={state} />
      <Leaves form={state} />
      <History />
    </div>
  );
}
