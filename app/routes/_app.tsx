import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, Outlet, useLoaderData, useLocation, useNavigation } from "@remix-run/react";
import { Brand } from "#app/components/brand.tsx";
import { DropDown, NavBar, NavList } from "#app/components/main-nav.tsx";
import { TimeZone } from "#app/components/ui/moment.tsx";
import { LanguageChoice } from "#app/components/language-choice.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";
import { actorOf } from "#app/http/session.server.ts";
import { themeOf } from "#app/http/theme.server.ts";
import { unseenNotices } from "#app/domain/assistant/watch.server.ts";
import { languages } from "#app/domain/content/language.ts";
import { can, reach } from "#app/domain/people/permission.ts";

/** Groups of places in the navigation. */
const competence = msg("Competence");
const cases = msg("Cases and feedback");
const evidence = msg("Evidence");

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const changed = await unseenNotices(context.db, actor);
  // Whoever merely owns an action comes to it by its link.
  const seesActions = !["own", null].includes(reach(actor, "action.read"));
  const links: { to: string; label: string; show: boolean; group?: string }[] = [
    { to: "/", label: msg("Home"), show: !actor.scope },
    { to: "/learn", label: msg("Learn"), show: !actor.scope },
    { to: "/ask", label: msg("Ask"), show: !actor.scope },
    { to: "/policies", label: msg("Policies"), show: can(actor, "policy.read") },
    { to: "/register", label: msg("Register"), show: can(actor, "register.read") },
    { to: "/board", label: msg("Board"), group: competence, show: can(actor, "board.read") },
    {
      to: "/requirements",
      label: msg("Requirements"),
      group: competence,
      show: can(actor, "requirement.read"),
    },
    { to: "/basis", label: msg("Proofs"), group: competence, show: can(actor, "basis.decide") },
    { to: "/actions", label: msg("Actions"), group: competence, show: seesActions },
    {
      to: "/effectiveness",
      label: msg("Effectiveness"),
      group: competence,
      show: can(actor, "effectiveness.read"),
    },
    {
      to: "/management-review",
      label: msg("Management review"),
      group: competence,
      show: can(actor, "review.read"),
    },
    { to: "/cases", label: msg("Cases"), group: cases, show: can(actor, "case.read") },
    { to: "/concerns", label: msg("Concerns"), group: cases, show: can(actor, "concern.handle") },
    { to: "/author", label: msg("Author"), show: can(actor, "content.read") },
    { to: "/admin/feedback", label: msg("Feedback"), group: cases, show: can(actor, "feedback.read") },
    { to: "/admin/evaluation", label: msg("Evaluation"), group: cases, show: can(actor, "evaluation.read") },
    { to: "/admin/messages", label: msg("Messages"), group: competence, show: can(actor, "message.read") },
    { to: "/audit", label: msg("Audit"), group: evidence, show: can(actor, "pack.make") },
    { to: "/admin/statements", label: msg("Statements"), group: evidence, show: can(actor, "evidence.read") },
    { to: "/admin/outbox", label: msg("Outbox"), group: evidence, show: can(actor, "evidence.read") },
    { to: "/admin/lrs", label: msg("LRS"), group: evidence, show: can(actor, "lrs.manage") },
    { to: "/admin/audit", label: msg("Audit log"), group: evidence, show: can(actor, "audit.read") },
  ];
  return {
    name: actor.name,
    personId: actor.id,
    timeZone: actor.timeZone,
    theme: await themeOf(request),
    /** An external auditor has no record, no keys, and nothing to report here. */
    outside: actor.scope !== undefined,
    links: links
      .filter((link) => link.show)
      .map(({ to, label, group = null }) => ({ to, label, group, news: to === "/ask" ? changed : 0 })),
  };
}

export default function Shell() {
  const { links: shown, name, timeZone, outside } = useLoaderData<typeof loader>();
  const t = useT();
  const language = useLanguage();
  const links = shown.map(({ label, group, ...link }) => ({
    ...link,
    label: t(label),
    group: group && t(group),
  }));
  const busy = useNavigation().state !== "idle";
  const { pathname } = useLocation();
  return (
    <div className="flex min-h-screen flex-col">
      <a
        href="#main"
        className="bg-accent text-on-accent sr-only z-50 rounded-lg px-4 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("Skip to content")}
      </a>
      <div
        aria-hidden="true"
        className={`bg-accent fixed inset-x-0 top-0 z-50 h-0.5 origin-left transition-transform duration-500 ${busy ? "scale-x-75" : "scale-x-0"}`}
      />
      <header className="bg-surface border-line sticky top-0 z-40 border-b print:hidden">
        <div className="mx-auto flex max-w-7xl items-center gap-6 px-4 py-2 sm:px-6">
          <Link to="/" aria-label={t("Clause7, home")} className="shrink-0">
            <Brand />
          </Link>
          <nav aria-label={t("Main")} className="hidden min-w-0 flex-1 lg:block">
            <NavBar places={links} />
          </nav>
          <div className="ml-auto hidden shrink-0 lg:block">
            <DropDown name={name} side="right">
              <Account />
            </DropDown>
          </div>
          {/* The key closes it when it has led somewhere. */}
          <details key={pathname} className="group ml-auto lg:hidden">
            <summary className="border-line-strong flex min-h-11 cursor-pointer list-none items-center rounded-lg border px-4 text-sm font-semibold">
              {t("Menu")}
            </summary>
            <div className="bg-surface border-line absolute inset-x-0 top-full space-y-4 border-b p-4 shadow-lg">
              <nav aria-label={t("Menu")}>
                <NavList places={links} />
              </nav>
              <Account />
            </div>
          </details>
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-10"
      >
        <TimeZone value={timeZone}>
          <Outlet />
        </TimeZone>
      </main>
      <footer className="border-line text-muted border-t px-6 py-6 text-center text-sm print:hidden">
        {outside ? null : (
          <>
            <Link to="/concerns/new" className="text-accent font-semibold underline-offset-4 hover:underline">
              {t("Report an AI concern")}
            </Link>
            {" · "}
            <Link to="/concerns" className="text-accent font-semibold underline-offset-4 hover:underline">
              {t("Concerns")}
            </Link>
            {" · "}
            <Link to="/glossary" className="text-accent font-semibold underline-offset-4 hover:underline">
              {t("Glossary")}
            </Link>
            {" · "}
            <Link to="/privacy" className="text-accent font-semibold underline-offset-4 hover:underline">
              {t("Privacy")}
            </Link>
          </>
        )}
        <div className="mt-2 flex justify-center">
          <LanguageChoice languages={languages} shown={language} />
        </div>
        <p className="mt-2">{t("Clause7 keeps the evidence for ISO/IEC 42001 clauses 7.2, 7.3 and 7.5.")}</p>
      </footer>
    </div>
  );
}

function Account() {
  const { personId, theme, outside } = useLoaderData<typeof loader>();
  const { pathname, search } = useLocation();
  const next = ({ system: "dark", dark: "light", light: "system" } as const)[theme];
  const t = useT();
  const themeLabel = {
    system: t("Theme: system"),
    dark: t("Theme: dark"),
    light: t("Theme: light"),
  }[theme];
  const switchTo = {
    system: t("Switch to the system’s theme"),
    dark: t("Switch to the dark theme"),
    light: t("Switch to the light theme"),
  }[next];
  const quiet =
    "text-muted hover:text-ink hover:bg-sunken flex min-h-11 w-full items-center rounded-lg px-3 text-sm font-medium";
  return (
    <div className="flex flex-wrap items-center gap-x-2 lg:flex-col lg:items-stretch">
      {outside ? null : (
        <>
          <Link to={`/records/${personId}`} className={quiet}>
            {t("My record")}
          </Link>
          <Link to="/account/notices" className={quiet}>
            {t("Notices")}
          </Link>
          <Link to="/account/keys" className={quiet}>
            {t("API keys")}
          </Link>
        </>
      )}
      <Form method="post" action="/preferences">
        <input type="hidden" name="to" value={`${pathname}${search}`} />
        <button name="theme" value={next} className={quiet} title={switchTo}>
          {themeLabel}
        </button>
      </Form>
      <Form method="post" action="/sign-out">
        <button className={quiet}>{t("Sign out")}</button>
      </Form>
    </div>
  );
}
