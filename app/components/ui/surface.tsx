import type { ReactNode } from "react";

type Tone = "neutral" | "good" | "warn" | "bad" | "info" | "accent";

const tones: Record<Tone, string> = {
  neutral: "bg-sunken text-ink",
  good: "bg-good-soft text-good-ink",
  warn: "bg-warn-soft text-warn-ink",
  bad: "bg-bad-soft text-bad-ink",
  info: "bg-info-soft text-info-ink",
  accent: "bg-accent-soft text-accent-ink",
};

/** Title of a page with what one can do there. Holds the page's only h1. */
export function PageHeader({
  title,
  lead,
  eyebrow,
  actions,
  lang,
}: {
  title: ReactNode;
  lead?: ReactNode;
  eyebrow?: ReactNode;
  actions?: ReactNode;
  /** Of the title, where that is not the page's. */
  lang?: string | undefined;
}) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-4">
      <div className="min-w-0 max-w-3xl">
        {eyebrow ? <p className="text-muted mb-1 text-sm font-medium">{eyebrow}</p> : null}
        <h1 lang={lang} className="text-2xl sm:text-3xl">
          {title}
        </h1>
        {lead ? <div className="text-muted mt-2 text-pretty">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
    </header>
  );
}

export function Card({
  children,
  className = "",
  id,
  lang,
  as: As = "div",
}: {
  children: ReactNode;
  className?: string;
  id?: string;
  /** Of what it holds, where that is not the page's. */
  lang?: string;
  as?: "div" | "section" | "article" | "li";
}) {
  return (
    <As
      id={id}
      lang={lang}
      className={`bg-surface border-line rounded-2xl border p-5 shadow-xs sm:p-6 ${className}`}
    >
      {children}
    </As>
  );
}

/** A short label. The words carry the meaning; the colour only helps. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}

/** A message in the page. `role="alert"` for what has just gone wrong, `status` for what has just gone well. */
export function Notice({
  tone = "info",
  title,
  children,
  role,
}: {
  tone?: Tone;
  title?: string;
  children?: ReactNode;
  role?: "alert" | "status";
}) {
  return (
    <div role={role} className={`rounded-xl px-4 py-3 text-sm ${tones[tone]}`}>
      {title ? <p className="font-semibold">{title}</p> : null}
      {children ? <div className={title ? "mt-1" : ""}>{children}</div> : null}
    </div>
  );
}

/** What a list shows when it has nothing to show: why, and what to do. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="border-line rounded-2xl border border-dashed px-6 py-12 text-center">
      <p className="text-lg font-semibold">{title}</p>
      {children ? <div className="text-muted mx-auto mt-2 max-w-md text-pretty">{children}</div> : null}
      {action ? <div className="mt-6 flex justify-center">{action}</div> : null}
    </div>
  );
}

/** A share of a whole as a bar with its words. `value` is 0..1. */
export function Meter({
  value,
  label,
  tone = "accent",
}: {
  value: number;
  label: string;
  tone?: "accent" | "good" | "warn" | "bad";
}) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  const fill = { accent: "fill-accent", good: "fill-good-ink", warn: "fill-warn-ink", bad: "fill-bad" }[tone];
  return (
    <svg
      role="img"
      aria-label={`${label}: ${percent} %`}
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      className="h-2 w-full overflow-hidden rounded-full"
    >
      <rect width="100" height="8" className="fill-sunken" />
      <rect width={percent} height="8" className={fill} />
    </svg>
  );
}

/** A term with its value, in a `dl`. */
export function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-sm">{term}</dt>
      <dd className="mt-0.5 font-medium">{children}</dd>
    </div>
  );
}
