/** A figure of a lesson; it takes the colours of the page and carries its own text alternative. */
export function Figure({ svg }: { svg: string }) {
  return (
    <figure
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a narrow screen, also by keyboard
      tabIndex={0}
      className="border-line bg-surface text-ink mt-8 overflow-x-auto rounded-2xl border p-4 sm:p-6 [&>svg]:h-auto [&>svg]:w-full [&>svg]:min-w-[34rem]"
      // Checked by figureOf when the content was read: shapes and words only.
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
