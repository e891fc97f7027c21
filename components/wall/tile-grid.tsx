import type { CSSProperties, ReactNode } from "react";

import { columnsFor } from "@/lib/domain/wall";

/** Width by height of the grid on landscape, portrait and very wide screens. The style sheet picks one of them. */
const areas = { landscape: 16 / 8, portrait: 9 / 15, wide: 21 / 8 };
/** The best width by height of a tile. */
const tiles = { featured: 1.5, compact: 6, line: 8 };
/** Letters that fit across the screen in a line below the featured tiles. */
const lettersAcross = { landscape: 72, portrait: 36, wide: 96 };
/** What a line holds beside the name, in letters: shape, version and space. */
const besideName = 6;

/** Shorter names are set no larger than this many letters. */
const shortestName = 10;

/** Tiles that fill the rest of the screen, in the number of columns that suits its shape. */
export function TileGrid({
  count,
  shape,
  hasOthers,
  longestName,
  label,
  children,
}: {
  count: number;
  shape: keyof typeof tiles;
  hasOthers: boolean;
  /** In letters: the style sheet takes one size for all names from it, so that rows line up. */
  longestName: number;
  /** For screen readers. */
  label?: string;
  children: ReactNode;
}) {
  const share = hasOthers && shape === "featured" ? 0.7 : 1;
  const columns = (hangs: keyof typeof areas) =>
    shape === "line"
      ? Math.max(1, Math.floor(lettersAcross[hangs] / (longestName + besideName)))
      : columnsFor(count, areas[hangs] / share, tiles[shape]);
  const style: CSSProperties & Record<`--${string}`, number> = {
    "--columns-landscape": columns("landscape"),
    "--columns-portrait": columns("portrait"),
    "--columns-wide": columns("wide"),
    "--letters": Math.max(longestName, shortestName),
  };
  return (
    <ul aria-label={label} style={style} className="wall-grid" data-shape={shape}>
      {children}
    </ul>
  );
}
