// What a module is said to lack, in the same words where it is read and where a draft of it is checked.

export const notWritten = "this text is not written yet";
export const noLesson = "there is no lesson yet: a module has one at least";
export const noItem = "there is no item yet: the assessment draws its questions from here";
export const promptLeft = "this is what a new lesson begins with: write your own text";

/** Said of a row of the blueprint that asks for more than there is. */
export const tooFewItems = (row: { objective: string; items: number }, stock: number): string =>
  `wants ${row.items} items on ${row.objective}, the bank has ${stock}`;
