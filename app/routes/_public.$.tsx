/** Any address no other route knows. */
export function loader(): never {
  throw new Response("Not found", { status: 404 });
}

export default function Unknown() {
  return null;
}
