import "server-only";

import { htmlEscape } from "escape-goat";

import type { Problem } from "@/lib/contract/problem";

const retryAfterSeconds = 60;

/** A page without scripts. A screen that shows it recovers by itself once the address is served. */
export function drawRejection({ status, title, detail }: Problem, nonce: string): string {
  const refresh = status === 421 ? `<meta http-equiv="refresh" content="${retryAfterSeconds}">\n` : "";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
${refresh}<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${htmlEscape(title)} · Rollcall</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { font-family: system-ui, sans-serif; line-height: 1.5; margin: 3rem auto; max-width: 40rem; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; font-weight: 600; }
</style>
</head>
<body>
<main>
<h1>${htmlEscape(title)}</h1>
<p>${htmlEscape(detail)}</p>
</main>
</body>
</html>
`;
}
