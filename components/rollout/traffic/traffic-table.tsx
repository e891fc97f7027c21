import type { RolloutTraffic, TrafficWindowView } from "@/lib/contract/traffic";
import { second } from "@/lib/domain/instant";
import { failureShare } from "@/lib/domain/traffic";
import { notReported } from "@/lib/presentation/count";
import { requestCount, shareText, waitText } from "@/lib/presentation/traffic-words";

import { Cell, HeaderCell, Table } from "../../ui/table";

/** What callers felt before, during and after a rollout. */
export function TrafficTable({ traffic: { before, during, after } }: { traffic: RolloutTraffic }) {
  const columns = [before, during, after];
  return (
    <Table
      label="Callers before, during and after the rollout"
      head={
        <>
          <HeaderCell>Callers</HeaderCell>
          <HeaderCell isNumber>30 min before</HeaderCell>
          <HeaderCell isNumber>During</HeaderCell>
          <HeaderCell isNumber>30 min after</HeaderCell>
        </>
      }
    >
      {rows.map(({ name, read }) => (
        <tr key={name}>
          <Cell>{name}</Cell>
          {columns.map((column, index) => (
            <Cell key={index} isNumber>
              {column.minutes === 0 ? "–" : (read(column) ?? notReported)}
            </Cell>
          ))}
        </tr>
      ))}
    </Table>
  );
}

const rows: readonly { name: string; read: (window: TrafficWindowView) => string | null }[] = [
  { name: "Minutes measured", read: ({ minutes }) => String(minutes) },
  { name: "Requests", read: ({ requests }) => toText(requests, requestCount) },
  { name: "Failed", read: (window) => toText(failureShare(window), shareText) },
  { name: "Time to first token, p50", read: ({ timeToFirstToken: { p50Seconds } }) => toWait(p50Seconds) },
  { name: "Time to first token, p95", read: ({ timeToFirstToken: { p95Seconds } }) => toWait(p95Seconds) },
  { name: "Queue time, p50", read: ({ queueTime: { p50Seconds } }) => toWait(p50Seconds) },
  { name: "Queue time, p95", read: ({ queueTime: { p95Seconds } }) => toWait(p95Seconds) },
];

function toWait(seconds: number | null): string | null {
  return toText(seconds, (value) => waitText(value * second));
}

function toText(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}
