import { type ReactNode, useEffect, useRef } from "react";

/** What a form answers at its head; takes the focus whenever the answer is another, because the button was further down. */
export function ResultCard({ of, children }: { of: unknown; children: ReactNode }) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), [of]);
  return (
    <section
      ref={card}
      tabIndex={-1}
      className="bg-surface border-line scroll-mt-28 rounded-2xl border p-5 shadow-xs outline-none sm:p-6"
    >
      {children}
    </section>
  );
}
