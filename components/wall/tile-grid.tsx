import type { CSSProperties, ReactNode } from "react";

import { columnsFor } from "@/lib/domain/wall";

/** Screens as they hang: lying, standing, very wide. The style sheet chooses by the screen's own shape. */
const areas = { lying: 16 / 8, displayState: 9 / 15, wide: 21 / 8 };
/** Width by height that a tile is best read at. */
const tiles = { featured: 1.5, quiet: 5, line: 8 };

/** Tiles that fill what is left of the screen, in as many columns as read best on a screen of its shape. */
export function TileGrid({
  count,
  shape,
  hasOthers,
  label,
  children,
}: {
  count: number;
  shape: keyof typeof tiles;
  hasOthers: boolean;
  /** What the tiles have in common, for those who listen. */
  label?: string;
  children: ReactNode;
}) {
  const share = hasOthers && shape === "featured" ? 0.6 : 1;
  const columns = (area: number) => columnsFor(count, area / share, tiles[shape]);
  const style: CSSProperties & Record<`--${string}`, number> = {
    "--lying": shape === "line" ? lineColumns(count, 5) : columns(areas.lying),
    "--columns": shape === "line" ? lineColumns(count, 3) : columns(areas.displayState),
    "--wide": shape === "line" ? lineColumns(count, 7) : columns(areas.wide),
  };
  return (
    <ul aria-label={label} style={style} className="wall-grid" data-shape={shape}>
      {children}
    </ul>
  );
}

/** Lines are as many beside each other as can be read, and no row is left with only one. */
function lineColumns(count: number, most: number): number {
  const rows = Math.ceil(count / most);
  return Math.ceil(count / rows);
}
