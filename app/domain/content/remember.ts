/**
 * A function of a text that remembers its last answers: the files of a draft are read several times for each page, and few
 * of them change between two. Do not change what is answered: it is shared.
 */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    const value = found ?? make(text);
    // The one asked for last is the last to be forgotten.
    known.delete(text);
    known.set(text, value);
    if (known.size > mostKnown) known.delete(known.keys().next().value ?? text);
    return value;
  };
}

/** Two versions of a module in four languages, with room to edit. */
const mostKnown = 24;
