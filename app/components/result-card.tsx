import { type ReactNode, useEffect, useRef } from "react";

/**
 * What a form answers at its head; takes the focus as it appears, because the button was further down. Give
 * it a key by which another answer is another card.
 */
export function ResultCard({ children }: { children: ReactNode }) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => card.current?.focus(), []);
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
