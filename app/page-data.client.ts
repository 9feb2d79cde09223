/**
 * Waits until Remix has read the data that the server sent with the page.
 *
 * Remix reads it when its root first renders, and suspends there with no boundary above it. A key
 * pressed in that moment makes React render at once, where nothing may suspend: it gives up with
 * error 345 ("Root did not complete") and the page stays without script. So the root is called here
 * once, before React: it starts to read, throws the promise (before its first hook), and is rendered
 * only when that is kept. A root that throws anything else, or nothing, is left for React to report.
 */
export async function dataOfPage(root: (props: Record<string, never>) => unknown): Promise<void> {
  try {
    root({});
  } catch (thrown) {
    if (thrown instanceof Promise) await thrown;
  }
}
