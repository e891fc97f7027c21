/** Shortens a text to at most `most` characters by leaving out the middle. */
export function shortenText(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - mark.length) / 2);
  return `${text.slice(0, half).toWellFormed()}${mark}${text.slice(text.length - half).toWellFormed()}`;
}

const mark = " … ";
