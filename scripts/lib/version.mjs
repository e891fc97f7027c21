import { existsSync, readFileSync } from "node:fs";
import { fromRoot } from "./root.mjs";

/** Such as `1.0.0`, from package.json. */
export function readVersion() {
  return JSON.parse(readFileSync(fromRoot("package.json"), "utf8")).version;
}

/** `Rollcall 1.0.0, build 0123456789abcdef`. The build names the sources; an image has only its name. */
export async function describeVersion() {
  const named = fromRoot(".next/BUILD_ID");
  const isSource = existsSync(fromRoot("lib"));
  const build = isSource ? (await import("./source-hash.mjs")).sourceHash() : readFileSync(named, "utf8");
  return `Rollcall ${readVersion()}, build ${build.trim()}`;
}
