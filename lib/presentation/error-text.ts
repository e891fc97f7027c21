/** An error message in the order in which it is read. Joined, the three parts are the whole message. */
type ErrorText = {
  /** The first line, or the start of a long one. */
  first: string;
  /** What is shown below it. */
  more: string;
  /** What is shown on request. */
  folded: string;
};

const firstAtMost = 120;
const linesAtMost = 6;
const moreAtMost = 600;

/** Divides an error message: its first line, five more lines at most, and the rest. */
export function toErrorText(message: string): ErrorText {
  const [first, rest] = cut(message, 1, firstAtMost);
  const [more, folded] = cut(rest, linesAtMost - 1, moreAtMost);
  return { first, more, folded };
}

/** Cuts a text after `lines` lines, or between words before `most` characters. */
function cut(text: string, lines: number, most: number): [start: string, rest: string] {
  const ends = [...text.slice(0, most + 1).matchAll(/\n/g)].map(({ index }) => index + 1);
  const whole = ends[lines - 1] ?? (text.length <= most ? text.length : undefined);
  const end = whole ?? toWordEnd(text, most);
  return [text.slice(0, end), text.slice(end)];
}

/** The end of the last word, or of the last character if one word takes more than half of the place. */
function toWordEnd(text: string, most: number): number {
  const space = Math.max(text.lastIndexOf(" ", most - 1), text.lastIndexOf("\n", most - 1)) + 1;
  if (space > most / 2) return space;
  const isHighSurrogate = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  return isHighSurrogate ? most - 1 : most;
}
