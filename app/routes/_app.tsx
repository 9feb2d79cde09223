import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, Outlet, useLoaderData, useLocation, useNavigation } from "@remix-run/react";
import { Brand } from "#app/components/brand.tsx";
import { NavItem } from "#app/components/nav-item.tsx";
import { TimeZone } from "#app/components/ui/moment.tsx";
import { LanguageChoice } from "#app/components/language-choice.tsx";
import { msg } from "#app/i18n/translate.ts";
import { useLanguage, useT } from "#app/i18n/use-t.tsx";
import { actorOf } from "#app/http/session.server.ts";
import { themeOf } from "#app/http/theme.server.ts";
import { unseenNotices } from "#app/domain/assistant/watch.server.ts";
import { languages } from "#app/domain/content/language.ts";
import { can } from "#app/domain/people/permission.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const changed = await unseenNotices(context.db, actor);
  const links = [
    { to: "/", label: msg("Home"), show: true },
    { to: "/learn", label: msg("Learn"), show: true },
    { to: "/ask", label: msg("Ask"), show: true },
    { to: "/policies", label: msg("Policies"), show: can(actor, "policy.read") },
    { to: "/register", label: msg("Register"), show: can(actor, "register.read") },
    { to: "/board", label: msg("Board"), show: can(actor, "board.read") },
    { to: "/requirements", label: msg("Requirements"), show: can(actor, "requirement.read") },
    { to: "/cases", label: msg("Cases"), show: can(actor, "case.read") },
    { to: "/concerns", label: msg("Concerns"), show: can(actor, "concern.handle") },
    { to: "/author", label: msg("Author"), show: can(actor, "content.read") },
    { to: "/admin/feedback", label: msg("Feedback"), show: can(actor, "feedback.read") },
    { to: "/admin/evaluation", label: msg("Evaluation"), show: can(actor, "evaluation.read") },
    { to: "/admin/statements", label: msg("Evidence"), show: can(actor, "evidence.read") },
    { to: "/admin/outbox", label: msg("Outbox"), show: can(actor, "evidence.read") },
    { to: "/admin/lrs", label: msg("LRS"), show: can(actor, "lrs.manage") },
    { to: "/admin/audit", label: msg("Audit log"), show: can(actor, "audit.read") },
  ];
  return {
    name: actor.name,
    personId: actor.id,
    timeZone: actor.timeZone,
    theme: await themeOf(request),
    links: links
      .filter((link) => link.show)
      .map(({ to, label }) => ({ to, label, news: to === "/ask" ? changed : 0 })),
  };
}

export default function Shell() {
  const { links: shown, timeZone } = useLoaderData<typeof loader>();
  const t = useT();
  const language = useLanguage();
  const links = shown.map((link) => ({ ...link, label: t(link.label) }));
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
            <ul className="flex flex-wrap gap-1">
              {links.map((link) => (
                <li key={link.to}>
                  <NavItem {...link} />
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto hidden lg:block">
            <Account />
          </div>
          {/* The key closes it when it has led somewhere. */}
          <details key={pathname} className="group ml-auto lg:hidden">
            <summary className="border-line-strong flex min-h-11 cursor-pointer list-none items-center rounded-lg border px-4 text-sm font-semibold">
              {t("Menu")}
            </summary>
            <div className="bg-surface border-line absolute inset-x-0 top-full space-y-4 border-b p-4 shadow-lg">
              <nav aria-label={t("Menu")}>
                <ul className="grid grid-cols-2 gap-1">
                  {links.map((link) => (
                    <li key={link.to}>
                      <NavItem {...link} />
                    </li>
                  ))}
                </ul>
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
        <div className="mt-2 flex justify-center">
          <LanguageChoice languages={languages} shown={language} />
        </div>
        <p className="mt-2">{t("Clause7 keeps the evidence for ISO/IEC 42001 clauses 7.2, 7.3 and 7.5.")}</p>
      </footer>
    </div>
  );
}

function Account() {
  const { name, personId, theme } = useLoaderData<typeof loader>();
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
  const quiet = "text-muted hover:text-ink flex min-h-11 items-center rounded-lg px-2 text-sm font-medium";
  return (
    <div className="flex flex-wrap items-center gap-x-2">
      <Form method="post" action="/preferences">
        <input type="hidden" name="to" value={`${pathname}${search}`} />
        <button name="theme" value={next} className={quiet} title={switchTo}>
          {themeLabel}
        </button>
      </Form>
      <Link to={`/records/${personId}`} className={quiet}>
        {name}
      </Link>
      <Link to="/account/keys" className={quiet}>
        {t("API keys")}
      </Link>
      <Form method="post" action="/sign-out">
        <button className={quiet}>{t("Sign out")}</button>
      </Form>
    </div>
  );
}
