/** The most of an error's own message that an error page shows. */
const longest = 200;

/**
 * What to tell an administrator about a page that failed to render: the id under which the server logged it, or, if it
 * failed in the browser, the browser's own message, which is in no log.
 */
export function crashAdvice({ digest, message }: { digest?: string; message: string }): string {
  return digest === undefined
    ? `It failed in this browser, so the server’s log does not have it. If this continues, tell an administrator what the browser said: “${message.slice(0, longest)}”.`
    : `If this continues, ask an administrator to look at Diagnostics, and in the server’s log for digest ${digest}.`;
}
