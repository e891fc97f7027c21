import type { DisplayState } from "@/lib/domain/display-state";
import { hueOf, tab } from "@/lib/presentation/palette";
import { shapeOf, type ShapeName } from "@/lib/presentation/shapes";

/** The tab's title and icon. React puts both into the document's head and keeps them current. */
export function TabState({
  title,
  shape,
  isLive,
}: {
  title: string;
  shape: DisplayState | ShapeName;
  isLive: boolean;
}) {
  return (
    <>
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href={toIcon(shape, isLive)} />
    </>
  );
}

function toIcon(shape: DisplayState | ShapeName, isLive: boolean): string {
  const color = tab[isLive ? hueOf(shape) : "muted"];
  const { strokes, fill } = shapeOf(shape);
  const filled = fill === undefined ? "" : `<path d="${fill}" fill="${color}"/>`;
  const stroked = strokes.map(
    ({ d, dash }) => `<path d="${d}"${dash === undefined ? "" : ` stroke-dasharray="${dash}"`}/>`,
  );
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${filled}` +
    `<g fill="none" stroke="${color}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">` +
    `${stroked.join("")}</g></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
