import type { Chart } from "@/lib/domain/chart";
import { guaranteedReplicas } from "@/lib/domain/replicas";
import { countText } from "@/lib/presentation/count";
import { displayStateWord } from "@/lib/presentation/state-words";

import { Moment } from "../../ui/moment";
import { Cell, HeaderCell, Table } from "../../ui/table";
import { gapReason } from "./gap-bands";

/** The chart as a table, oldest first: counts with their times, and the gaps between them. */
export function ChartTable({ chart }: { chart: Chart }) {
  return (
    <div className="mt-4">
      <Table
        label="Replicas over time"
        head={
          <>
            <HeaderCell>From</HeaderCell>
            <HeaderCell>Until</HeaderCell>
            <HeaderCell>Status</HeaderCell>
            <HeaderCell isNumber>Updated</HeaderCell>
            <HeaderCell isNumber>Total</HeaderCell>
            <HeaderCell isNumber>Guaranteed</HeaderCell>
          </>
        }
      >
        {toRows(chart).map((row) => (
          <tr key={row.key}>
            <Cell>
              <Moment at={row.from} beside={row.until} form="exact" />
            </Cell>
            <Cell>
              <Moment at={row.until} beside={row.from} form="exact" />
            </Cell>
            {"reason" in row ? (
              <td colSpan={4} className="hatched border-t border-line py-2">
                <span className="bg-ground px-1.5 text-quiet">{row.reason}</span>
              </td>
            ) : (
              <>
                <Cell>{displayStateWord(row.status)}</Cell>
                <Cell isNumber>{countText(row.updated)}</Cell>
                <Cell isNumber>{countText(row.total)}</Cell>
                <Cell isNumber>{row.guaranteed ?? "unknown"}</Cell>
              </>
            )}
          </tr>
        ))}
      </Table>
    </div>
  );
}

function toRows({ points, bands, startedAt }: Chart) {
  const held = points.map((point) => ({
    key: `held ${point.from}`,
    from: point.from,
    until: point.until,
    status: point.status,
    updated: point.updatedReplicas,
    total: point.totalReplicas,
    guaranteed: guaranteedReplicas(point),
  }));
  const missed = bands.map((band) => ({
    key: `missed ${band.from}`,
    from: startedAt + band.from,
    until: startedAt + band.until,
    reason: gapReason(band),
  }));
  return [...held, ...missed].toSorted((a, b) => a.from - b.from);
}
