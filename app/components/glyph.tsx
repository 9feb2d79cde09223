const paths = {
  check: "M4 10.5l4 4 8-9",
  cross: "M5 5l10 10M15 5L5 15",
  alert: "M10 3.5l7.5 13h-15zM10 8v4M10 14.4v.1",
  clock: "M10 3a7 7 0 100 14 7 7 0 000-14zM10 6.5V10l2.5 2",
  half: "M10 3a7 7 0 100 14 7 7 0 000-14zM10 3v14M10 7h5.8M10 10h7M10 13h5.8",
  circle: "M10 3a7 7 0 100 14 7 7 0 000-14z",
  pause: "M7 5v10M13 5v10",
  up: "M10 15V5M5.5 9.5L10 5l4.5 4.5",
  chevron: "M5.5 8l4.5 4.5L14.5 8",
  down: "M10 5v10M5.5 10.5L10 15l4.5-4.5",
  right: "M4 10h11M10.5 5.5L15 10l-4.5 4.5",
  left: "M16 10H5M9.5 5.5L5 10l4.5 4.5",
  book: "M10 5.5C8 4 5.500 4 3 4.500v11c2.500-.5 5-.5 7 1 2-1.500 4.500-1.500 7-1v-11C14.500 4 12 4 10 5.500zM10 5.500v11",
  seal: "M10 2.500a5 5 0 100 10 5 5 0 000-10zM7 12l-1 5.500 4-2 4 2-1-5.500",
  sun: "M10 6.500a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M15.700 4.300l-1.100 1.100M5.400 14.600l-1.100 1.100",
} as const;

export type GlyphName = keyof typeof paths;

/** A small drawing beside words that say the same; hidden from screen readers. */
export function Glyph({ name, className = "size-4" }: { name: GlyphName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      <path d={paths[name]} />
    </svg>
  );
}
