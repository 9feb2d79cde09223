/** What to tell somebody whose Node is too old for the product; null when `version` (such as `v20.19.0`) will do. */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Clause7 needs Node 20.19 or newer; this is ${version}. Install a current Node from nodejs.org.`;
}
