import type { Badge } from "./badge";
import { dark, light, type Theme } from "./palette";
import { shapeOf } from "./shapes";

/** `auto` follows the reader's own choice. */
export const badgeThemes = ["auto", "light", "dark"] as const;
export type BadgeTheme = (typeof badgeThemes)[number];

const height = 20;
const padding = 8;
const gap = 5;
const shapeSize = 11;
const fontSize = 12;

/** The badge as SVG without scripts, fonts or links to anything else. */
export function drawBadge(badge: Badge, theme: BadgeTheme): string {
  const { label, message } = badge;
  const [labelWidth, messageWidth] = [widthOf(label), widthOf(message)];
  const divider = padding + labelWidth + padding;
  const messageAt = divider + padding + shapeSize + gap;
  const width = messageAt + messageWidth + padding;
  const text = (at: number, length: number, name: string, words: string) =>
    `<text class="${name}" x="${at}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escape(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(`${label}: ${message}`)}">`,
    `<title>${escape(`${label}: ${message}`)}</title><style>${styleOf(badge, theme)}</style>`,
    `<rect class="g" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="3.5"/>`,
    `<path class="l" d="M${divider + 0.5} 1v${height - 2}"/>`,
    text(padding, labelWidth, "q", label),
    drawShape(badge, divider + padding),
    text(messageAt, messageWidth, "s", message),
    "</svg>\n",
  ].join("");
}

function drawShape({ shape }: Badge, at: number): string {
  const { strokes, fill } = shapeOf(shape);
  const paths = strokes.map(
    ({ d, dash }) => `<path class="o" d="${d}"${dash === undefined ? "" : ` stroke-dasharray="${dash}"`}/>`,
  );
  const filled = fill === undefined ? "" : `<path class="s" d="${fill}"/>`;
  const y = (height - shapeSize) / 2;
  return `<svg x="${at}" y="${y}" width="${shapeSize}" height="${shapeSize}" viewBox="0 0 24 24">${filled}${paths.join("")}</svg>`;
}

function styleOf(badge: Badge, theme: BadgeTheme): string {
  const always = `text{font:500 ${fontSize}px ui-sans-serif,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}.o{fill:none;stroke-width:3;stroke-linecap:round;stroke-linejoin:round}.l{fill:none}`;
  if (theme !== "auto") return always + colorsOf(badge, theme === "dark" ? dark : light);
  return `${always}${colorsOf(badge, light)}@media(prefers-color-scheme:dark){${colorsOf(badge, dark)}}`;
}

function colorsOf({ hue }: Badge, theme: Theme): string {
  const { ground, lineStrong, quiet } = theme;
  const color = theme[hue];
  return `.g{fill:${ground};stroke:${lineStrong}}.l{stroke:${lineStrong}}.q{fill:${quiet}}.s{fill:${color}}.o{stroke:${color}}`;
}

/** The advance widths of Helvetica in thousandths of the font size; other fonts are fitted to them. */
const widths = new Map(
  (
    [
      [222, "ijl'"],
      [278, " !,./:;|ftI"],
      [333, "()-r·"],
      [500, "cksvxyzJ"],
      [611, "FTZ"],
      [667, "ABEKPSVXY&"],
      [722, "CDHNRUw"],
      [778, "GOQ"],
      [833, "mM"],
      [944, "W"],
    ] as const
  ).flatMap(([width, letters]) => Array.from(letters, (letter) => [letter, width] as const)),
);

function widthOf(text: string): number {
  const thousandths = Array.from(text).reduce((sum, letter) => sum + (widths.get(letter) ?? 556), 0);
  return Math.ceil((thousandths * fontSize) / 1_000);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter] ?? "");
}
