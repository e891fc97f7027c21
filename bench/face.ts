import { measureAgreement } from "./face/agreement";
import { measureMovement } from "./face/movement";
import { measurePositions } from "./face/positions";
import { measureTargets } from "./face/targets";
import { measureWall } from "./face/wall";
import type { Row } from "./support/table";

/** What the pages look like from a chair, from across a room, and to a screen reader. */
export async function measureFace(isShort: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const measure of [measurePositions, measureTargets, measureWall, measureAgreement, measureMovement]) {
    rows.push(...(await measure(isShort)));
  }
  return rows;
}
