/** What differs, for one architecture, from the versions that follow from its deployments. */
export type VersionChange = {
  /** Aliases that name this version and no other. */
  readonly aliases: Readonly<Record<string, number>>;
  /** Versions that are not there any more. */
  readonly gone: readonly number[];
  /** Sync statuses other than `done`, by version. */
  readonly syncStatus: Readonly<Record<string, string>>;
};

/** The changes of versions made by hand. */
export class VersionChanges {
  readonly #changes = new Map<string, VersionChange>();

  set(org: string, arch: string, change: VersionChange): void {
    this.#changes.set(`${org} ${arch}`, change);
  }

  get(org: string, arch: string): VersionChange | undefined {
    return this.#changes.get(`${org} ${arch}`);
  }

  clear(): void {
    this.#changes.clear();
  }
}
