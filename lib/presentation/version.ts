/** `v8` for a numbered version, any other word as it is, and “this deployment” for none. */
export function versionName(version: string | null): string {
  if (version === null || version === "") return "this deployment";
  return /^\d/.test(version) ? `v${version}` : version;
}
