const abbreviations = /\b(?:ai|aims|hr)\b/g;

/** A slug as words people read: `hr-recruiting` is “HR recruiting”. */
export function slugName(slug: string): string {
  const words = slug.replaceAll("-", " ").replace(abbreviations, (one) => one.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
