const reloadedAtKey = "rollcall-reloaded-at";
const atMostEvery = 60_000;

/**
 * Loads the page again because its scripts are gone, which means that a newer build runs. Not while the
 * server does not answer, for then the browser would put its own error in the page's place; and at most
 * once a minute, so that a server that is never whole meets no storm.
 */
export async function reloadPage(): Promise<void> {
  const reloadedAt = Number(sessionStorage.getItem(reloadedAtKey) ?? 0);
  if (Date.now() - reloadedAt < atMostEvery) return;
  const isAnswered = await fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isAnswered) return;
  sessionStorage.setItem(reloadedAtKey, String(Date.now()));
  location.reload();
}
