import type { ReactNode } from "react";

const radius = 52;
const around = 2 * Math.PI * radius;

/** A share of a whole as a ring with its words inside. `value` and `mark` are 0..1; `mark` draws a line to reach. */
export function ScoreRing({
  value,
  mark,
  label,
  tone = "accent",
  className = "size-32",
  children,
}: {
  value: number;
  mark?: number;
  label: string;
  tone?: "accent" | "good" | "bad";
  className?: string;
  children: ReactNode;
}) {
  const share = Math.min(1, Math.max(0, value));
  const stroke = { accent: "stroke-accent", good: "stroke-good-ink", bad: "stroke-bad" }[tone];
  return (
    <div className={`relative grid shrink-0 place-items-center ${className}`}>
      <svg role="img" aria-label={label} viewBox="0 0 120 120" className="absolute inset-0 size-full">
        <g transform="rotate(-90 60 60)" fill="none" strokeWidth="11">
          <circle cx="60" cy="60" r={radius} className="stroke-sunken" />
          {share > 0 ? (
            <circle
              cx="60"
              cy="60"
              r={radius}
              className={stroke}
              strokeDasharray={`${share * around} ${around}`}
              strokeLinecap={share < 1 ? "round" : "butt"}
            />
          ) : null}
          {mark === undefined ? null : (
            <line
              x1={60 + radius - 9}
              x2={60 + radius + 8}
              y1="60"
              y2="60"
              transform={`rotate(${mark * 360} 60 60)`}
              className="stroke-ink"
              strokeWidth="3"
            />
          )}
        </g>
      </svg>
      <div aria-hidden="true" className="relative text-center leading-tight">
        {children}
      </div>
    </div>
  );
}
