import { Link, type LinkProps } from "@remix-run/react";
import type { ButtonHTMLAttributes } from "react";

type Look = "primary" | "secondary" | "quiet" | "danger";

// The border that is not seen is drawn where a reader's own colours take the background away.
const base =
  "border inline-flex min-h-11 items-center justify-center gap-2 rounded-lg px-4 py-2 text-sm font-semibold transition-colors disabled:cursor-not-allowed disabled:opacity-60";
const looks: Record<Look, string> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border-line-strong bg-surface text-ink hover:bg-sunken",
  quiet: "border-transparent text-accent underline-offset-4 hover:underline",
  danger: "border-transparent bg-bad text-on-bad hover:opacity-90",
};

export function Button({
  look = "primary",
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type="submit" {...rest} className={`${base} ${looks[look]} ${className}`} />;
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  look = "primary",
  className = "",
  ...rest
}: LinkProps & { look?: Look; className?: string }) {
  return <Link {...rest} className={`${base} ${looks[look]} ${className}`} />;
}

/** The same for files and other addresses that the browser must fetch itself. */
export function ButtonAnchor({
  look = "primary",
  className = "",
  children,
  ...rest
}: React.AnchorHTMLAttributes<HTMLAnchorElement> & { look?: Look }) {
  return (
    <a {...rest} className={`${base} ${looks[look]} ${className}`}>
      {children}
    </a>
  );
}
