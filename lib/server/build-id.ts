import "server-only";

/** Names the build that answers, so that open pages notice a new one. */
export const buildId = process.env["ROLLCALL_BUILD"] ?? "development";
