import type { CSSProperties, ReactNode } from "react";

import { columnsFor, lettersAcross, nameColumns, nameRows } from "@/lib/domain/wall";

/** Width by height of the grid on landscape, portrait and very wide screens. The style sheet picks one of them. */
const areas = { landscape: 16 / 8, portrait: 9 / 15, wide: 21 / 8 };
/** The best width by height of a tile. */
const tiles = { featured: 1.5, group: 1, compact: 6, line: 8 };

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
  const columns = (hangs: keyof typeof areas) => {
    const widest = nameColumns(longestName, lettersAcross[hangs]);
    if (shape === "line") return widest;
    const best = columnsFor(count, areas[hangs] / share, tiles[shape]);
    return shape === "compact" ? Math.min(widest, Math.max(best, Math.ceil(count / nameRows))) : best;
  };
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
