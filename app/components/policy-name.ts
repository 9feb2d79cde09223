/** A policy's slug in words, for where only a reference to it is known: "AI policy". */
export function policyName(slug: string): string {
  const words = slug.replaceAll("-", " ").replace(/\bai\b/g, "AI");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
