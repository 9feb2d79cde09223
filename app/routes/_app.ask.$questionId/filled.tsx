import { Fragment, type ReactNode } from "react";

/** A text of the answer with its `{name}`s filled by what is given for them; one without a value stays, so that it is seen. */
export function Filled({ text, by }: { text: string; by: Record<string, ReactNode> }) {
  return (
    <>
      {text.split(/(\{\w+\})/).map((part, i) => (
        <Fragment key={i}>{/^\{\w+\}$/.test(part) ? (by[part.slice(1, -1)] ?? part) : part}</Fragment>
      ))}
    </>
  );
}
