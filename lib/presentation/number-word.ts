const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** A small whole number within a sentence: `four`, and from 11 on in figures. */
export function numberWord(count: number): string {
  return words[count] ?? String(count);
}
