"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";

import { FleetRow } from "./fleet-row";
import { toRow, type Line } from "./to-lines";

const usualHeight = { dense: 29, comfortable: 37 };
/** Extra lines before and after the visible ones, for the arrow keys and fast scrolling. */
const overscan = 15;
/** The window that the server renders for. */
const firstScreen = { width: 1280, height: 1200 };

/** Virtualized rows: only those near the visible ones are drawn. */
export function LongFleetRows({ lines, isDense }: { lines: readonly Line[]; isDense: boolean }) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useEffect(() => {
    const place = () => {
      const box = list.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    place();
    // Anything that grows or shrinks above the list moves it.
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => usualHeight[isDense ? "dense" : "comfortable"],
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan,
    scrollMargin: top,
    initialRect: firstScreen,
  });
  const shown = virtualizer.getVirtualItems();
  const before = (shown[0]?.start ?? top) - top;
  const after = virtualizer.getTotalSize() - ((shown.at(-1)?.end ?? top) - top);
  return (
    <div
      ref={list}
      role="rowgroup"
      className="border-b border-line"
      style={{ paddingTop: before, paddingBottom: after }}
    >
      {shown.map(({ index, key }) => {
        const line = lines[index];
        if (line === undefined) return null;
        return (
          <FleetRow
            key={key}
            ref={virtualizer.measureElement}
            index={index}
            {...toRow(line)}
            isDense={isDense}
          />
        );
      })}
    </div>
  );
}
