import "server-only";

/** Names the build that answers, so that open pages notice a new one. */
export const buildId = process.env["ROLLCALL_BUILD"] ?? "development";

/** The release, such as `1.0.0`. */
export const version = process.env["ROLLCALL_VERSION"] ?? "development";
