import "server-only";

/** Whether this is the development server, which rebuilds modules while it runs. */
export const isDevelopment = process.env["NODE_ENV"] === "development";
