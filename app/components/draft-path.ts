/** How an address names a file of a draft: a figure without its folder. */
export const fileInPath = (file: string): string => file.replace(/^figures\//, "");

/** Where a part of a draft is edited. A figure is a file by itself. */
export function editPath(draftId: string, place: { file: string; part: number | "all" }): string {
  const part = place.file.endsWith(".svg") ? "all" : place.part;
  return `/author/${draftId}/edit/${fileInPath(place.file)}/${part}`;
}
