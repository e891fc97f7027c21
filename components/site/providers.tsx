"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { useState, type ReactNode } from "react";

import { themeStorage } from "@/lib/client/theme-script";

import { useEarlyEvents } from "./use-early-events";

/** The library's script would come too late (theme-script.ts): as data it doesn't run. */
const inert = { type: "application/json" };

/** The query cache and the theme for every page. `nonce` lets the theme's style take effect. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(() => new QueryClient());
  useEarlyEvents();
  return (
    <ThemeProvider
      {...themeStorage}
      disableTransitionOnChange
      scriptProps={inert}
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ThemeProvider>
  );
}
