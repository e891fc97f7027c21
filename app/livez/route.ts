/** Whether the process answers at all. */
export function GET(): Response {
  return new Response("alive\n", {
    headers: { "cache-control": "no-store", "x-content-type-options": "nosniff" },
  });
}
