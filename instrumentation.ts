import type { Instrumentation } from "next";

/** Starts the poller once, when the server starts; not during the build. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["NEXT_PHASE"] === "phase-production-build")
    return;
  const { startServer } = await import("@/lib/server/wiring");
  await startServer();
}

/** Logs errors of pages, which Next would only print. */
export const onRequestError: Instrumentation.onRequestError = async (error, { headers }, { routePath }) => {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { logPageError } = await import("@/lib/server/http/log-page-error");
  logPageError(error, { headers, route: routePath });
};
