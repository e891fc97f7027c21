"use client";

import { useEarlyEvents } from "@/components/site/use-early-events";
import { usePageOutage } from "@/components/site/use-page-outage";
import { writeLocal } from "@/lib/client/time/write-moment";
import { basePath } from "@/lib/contract/base-path";
import { pagePaths } from "@/lib/contract/paths";
import { crashAdvice } from "@/lib/presentation/crash-words";

/** The style sheet may be missing here, so that everything has its own style; its colors are used if it is there. */
const styles = {
  page: { background: "var(--ground, Canvas)", color: "var(--ink, CanvasText)" },
  text: { maxWidth: "38em", margin: "0 auto", padding: "14vh 1.25em" },
  mark: { margin: 0, fontWeight: 600 },
  sentence: { fontWeight: 500, fontSize: "2em", lineHeight: 1.15, margin: "0.7em 0 0.5em" },
  line: { margin: "0 0 0.75em", overflowWrap: "anywhere" },
  actions: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "0.5em 1.5em", margin: "1.5em 0" },
  button: {
    ...{ font: "inherit", color: "inherit", background: "none", cursor: "pointer" },
    ...{ border: "1px solid", padding: "0.5em 1em" },
  },
  link: { color: "inherit", padding: "0.5em 0", textDecoration: "underline", textUnderlineOffset: "0.25em" },
} as const;

/** A wall is read from across the room. */
const textOf = (isUnattended: boolean) =>
  ({
    ...styles.text,
    font: `${isUnattended ? "max(1rem, 3.2vmin)" : "1rem"}/1.6 system-ui, sans-serif`,
  }) as const;

/** Shown when the layout itself failed to render: without the header. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useEarlyEvents();
  const isUnattended = typeof location !== "undefined" && location.pathname.startsWith(pagePaths.wall);
  const { since, tries, tryNow } = usePageOutage(reset, { isUnattended });
  const theme = readTheme();
  return (
    <html
      lang="en"
      data-theme={theme}
      style={{ ...styles.page, colorScheme: theme }}
      suppressHydrationWarning
    >
      <body style={styles.page}>
        <title>Error · Rollcall</title>
        <meta name="viewport" content="width=device-width" />
        <link rel="icon" type="image/svg+xml" href={`${basePath}/icon.svg`} />
        <main style={textOf(isUnattended)}>
          <p style={styles.mark}>Rollcall</p>
          <h1 style={styles.sentence}>This page couldn’t be shown.</h1>
          <p style={styles.line}>
            It has failed since {writeLocal(since, since, "exact")}. This is an error in Rollcall. It keeps
            watching, and no history is lost.
            {tries &&
              (isUnattended ? " This page retries by itself." : " This page retries once, after 10 s.")}
          </p>
          <p style={styles.line}>{crashAdvice(error)}</p>
          <p style={styles.actions}>
            <button type="button" onClick={tryNow} style={styles.button}>
              Reload
            </button>
            <a href={pagePaths.fleet} style={styles.link}>
              All endpoints
            </a>
            <a href={pagePaths.doctor} style={styles.link}>
              Diagnostics
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}

/** The theme that was chosen, or else the system's. Whatever broke the page may break this, too. */
function readTheme(): "light" | "dark" {
  try {
    const chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") return chosen;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  } catch {
    return "light";
  }
}
