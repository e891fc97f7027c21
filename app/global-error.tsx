"use client";

/** Stands alone: it is shown when not even the layout could be drawn. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something broke · Rollcall</title>
        <main>
          <h1>Rollcall could not draw this page.</h1>
          <p>The fault is in Rollcall. Watching goes on, and nothing that was recorded is lost.</p>
          <button type="button" onClick={reset}>
            Draw it again
          </button>
        </main>
      </body>
    </html>
  );
}
