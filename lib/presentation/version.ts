import { notReported } from "./count";

/** A version within a sentence: `v8` for a number, any other word as it is, “this deployment” for none. */
export function versionName(version: string | null): string {
  if (version === null || version === "") return "this deployment";
  return /^\d/.test(version) ? `v${version}` : version;
}

/** A version that stands alone under a heading that says what it is. */
export function versionText(version: string | null): string {
  return version === null ? notReported : versionName(version);
}

/** `v7 → v8`, or `v8` where no version was served before. */
export function versionChange(former: string | null, version: string | null): string {
  const name = version === null ? `version ${notReported}` : versionName(version);
  return former === null ? name : `${versionName(former)} → ${name}`;
}
