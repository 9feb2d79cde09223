/** The value, or a 404 that reaches the error boundary. Also the answer for what exists but is not the actor's to know. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Response("Not found", { status: 404 });
  return value;
}
