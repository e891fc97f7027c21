"use client";

import { useContext } from "react";

import { DrawnAt, useTicking } from "@/lib/client/time/use-ticking";
import { useHydrated } from "@/lib/client/time/use-hydrated";
import { writeInFull, writeLocal, writeUtc, type MomentForm } from "@/lib/client/time/write-moment";
import type { Instant } from "@/lib/domain/instant";

/** A moment in the viewer's time zone; in full and in UTC on hover. `beside` is the other end of its range. */
export function Moment({
  at,
  form = "short",
  beside = at,
}: {
  at: Instant;
  form?: MomentForm;
  beside?: Instant | null;
}) {
  const drawnAt = useContext(DrawnAt);
  const isHydrated = useHydrated();
  const today = useTicking(startOfDay, startOfNextDay);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      data-form={form}
      data-beside={beside === null || beside === at ? undefined : new Date(beside).toISOString()}
      title={isHydrated ? writeInFull(at) : undefined}
      suppressHydrationWarning
    >
      {isHydrated ? writeLocal(at, today, form, beside ?? at) : writeUtc(at, drawnAt, form)}
    </time>
  );
}

function startOfDay(now: Instant): Instant {
  return new Date(now).setHours(0, 0, 0, 0);
}

function startOfNextDay(now: Instant): Instant {
  return new Date(now).setHours(24, 0, 0, 0);
}
