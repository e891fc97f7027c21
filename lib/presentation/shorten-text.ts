/** A text of `most` characters at most: of a longer one the middle is left out, since its ends say more. */
export function shortenText(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor((most - mark.length) / 2);
  return `${text.slice(0, half).toWellFormed()}${mark}${text.slice(text.length - half).toWellFormed()}`;
}

const mark = " … ";
