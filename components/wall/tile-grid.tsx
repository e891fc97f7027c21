import type { CSSProperties, ReactNode } from "react";

import { columnsFor } from "@/lib/domain/wall";

/** Width by height of the grid on landscape, portrait and very wide screens. The style sheet picks one of them. */
const areas = { landscape: 16 / 8, portrait: 9 / 15, wide: 21 / 8 };
/** The best width by height of a tile. */
const tiles = { featured: 1.5, quiet: 5, line: 8 };

/** Tiles that fill the rest of the screen, in the number of columns that suits its shape. */
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
  /** For screen readers. */
  label?: string;
  children: ReactNode;
}) {
  const share = hasOthers && shape === "featured" ? 0.6 : 1;
  const columns = (area: number) => columnsFor(count, area / share, tiles[shape]);
  const style: CSSProperties & Record<`--${string}`, number> = {
    "--columns": shape === "line" ? lineColumns(count, 5) : columns(areas.landscape),
    "--columns-portrait": shape === "line" ? lineColumns(count, 3) : columns(areas.portrait),
    "--columns-wide": shape === "line" ? lineColumns(count, 7) : columns(areas.wide),
  };
  return (
    <ul aria-label={label} style={style} className="wall-grid" data-shape={shape}>
      {children}
    </ul>
  );
}

/** As many columns as can be read, balanced so that the last row isn't nearly empty. */
function lineColumns(count: number, most: number): number {
  const rows = Math.ceil(count / most);
  return Math.ceil(count / rows);
}
