/** Figures drawn this wide or less are whole in a narrow window; wider ones keep their words legible and scroll sideways. */
const narrow = 420;

/** A figure of a lesson; it takes the colours of the page and carries its own text alternative. */
export function Figure({ svg }: { svg: string }) {
  const drawn = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1]);
  const fits = drawn <= narrow;
  return (
    <figure
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide one scrolls sideways on a narrow screen, also by keyboard
      tabIndex={fits ? undefined : 0}
      className={`border-line bg-surface text-ink mt-8 overflow-x-auto rounded-2xl border p-4 sm:p-6 [&>svg]:h-auto [&>svg]:w-full ${
        fits ? "[&>svg]:mx-auto [&>svg]:max-w-[30rem]" : "[&>svg]:min-w-[34rem]"
      }`}
      // Checked by figureOf when the content was read: shapes and words only.
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
