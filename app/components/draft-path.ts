/** Where a part of a draft is edited. A figure is a file by itself, named without its folder. */
export function editPath(draftId: string, place: { file: string; part: number | "all" }): string {
  const figure = /^figures\/(.+)$/.exec(place.file)?.[1];
  return `/author/${draftId}/edit/${figure ?? place.file}/${figure ? "all" : place.part}`;
}
