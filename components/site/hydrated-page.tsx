"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";

import { takeNewer, type InitialData } from "@/lib/client/initial-data";
import { startServerClock } from "@/lib/client/time/server-clock";
import { DrawnAt } from "@/lib/client/time/use-ticking";

/** Puts the page's initial data into the query cache, and gives every clock the instant it was drawn at. */
export function HydratedPage({ answers, children }: { answers: InitialData; children: ReactNode }) {
  const client = useQueryClient();
  useState(() => {
    startServerClock(answers.drawnAt);
    takeNewer(client, answers);
  });
  // The same page with another query in its address brings new answers.
  useEffect(() => takeNewer(client, answers), [client, answers]);
  return <DrawnAt value={answers.drawnAt}>{children}</DrawnAt>;
}
