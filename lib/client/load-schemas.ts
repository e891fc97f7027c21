import type { Schemas } from "./schemas";

let loading: Promise<Schemas> | null = null;

/**
 * The parsers, fetched when first needed: a page comes with its first answers, and most polls bring
 * nothing to parse. Where they cannot be had although the server answers, a newer build has taken this
 * page's scripts away, and only loading the page again helps.
 */
export async function loadSchemas(): Promise<Schemas> {
  loading ??= import("./schemas").then(({ schemas }) => schemas);
  try {
    return await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}
