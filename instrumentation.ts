/** Starts the poller once, when the server starts; not during the build. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { startServer } = await import("@/lib/server/wiring");
  await startServer();
}
