import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";

const control =
  "bg-surface text-ink border-line-strong placeholder:text-muted block w-full rounded-lg border px-3 py-2 text-base aria-invalid:border-bad aria-invalid:border-2";

type Common = { label: string; name: string; error?: string | undefined; hint?: ReactNode };

function Frame({
  id,
  label,
  error,
  hint,
  children,
}: {
  id: string;
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block text-sm font-semibold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      ) : null}
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-bad-ink text-sm font-medium">
          {error}
        </p>
      ) : null}
    </div>
  );
}

const describedBy = (id: string, error: unknown, hint: unknown): string | undefined =>
  [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;

/** A labelled input with its hint and its error tied to it. */
export function TextField({
  label,
  error,
  hint,
  id,
  ...rest
}: Common & InputHTMLAttributes<HTMLInputElement>) {
  const key = id ?? `field-${rest.name}`;
  return (
    <Frame id={key} label={label} error={error} hint={hint}>
      <input
        {...rest}
        id={key}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(key, error, hint)}
        className={`${control} min-h-11`}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  error,
  hint,
  id,
  ...rest
}: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const key = id ?? `field-${rest.name}`;
  return (
    <Frame id={key} label={label} error={error} hint={hint}>
      <textarea
        {...rest}
        id={key}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(key, error, hint)}
        className={control}
      />
    </Frame>
  );
}

export function Select({
  label,
  error,
  hint,
  id,
  children,
  ...rest
}: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const key = id ?? `field-${rest.name}`;
  return (
    <Frame id={key} label={label} error={error} hint={hint}>
      <select
        {...rest}
        id={key}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(key, error, hint)}
        className={`${control} min-h-11`}
      >
        {children}
      </select>
    </Frame>
  );
}

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, "type"> & {
  type: "radio" | "checkbox";
  children: ReactNode;
};

/** One radio or checkbox with a large target; put several in a fieldset with a legend. */
export function Choice({ children, className = "", ...rest }: ChoiceProps) {
  return (
    <label
      className={`border-line has-checked:border-accent has-checked:bg-accent-soft hover:border-line-strong flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border px-4 py-3 ${className}`}
    >
      <input {...rest} className="accent-accent mt-1 size-4 shrink-0" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}

/** The tick without which a change that destroys is not sent, with what is wrong with it under `errorId`. */
export function Confirmation({
  errorId,
  error,
  children,
}: {
  errorId: string;
  error: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="space-y-1.5">
      <Choice
        type="checkbox"
        name="confirmed"
        value="yes"
        className="bg-surface"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? errorId : undefined}
      >
        {children}
      </Choice>
      {error ? (
        <p id={errorId} className="text-bad-ink text-sm font-medium">
          {error}
        </p>
      ) : null}
    </div>
  );
}
