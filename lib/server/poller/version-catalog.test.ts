import { describe, expect, it } from "vitest";

import type { CauseCode } from "@/lib/domain/cause";
import type { ModelVersion, VersionCatalog } from "@/lib/domain/model-version";
import { UpstreamFailure } from "@/lib/server/upstream/failure";

import { toCatalog } from "./version-catalog";

const inUse = {
  ...{ org: "acme", modelArch: "m", references: ["8", "7", "production"] },
  deployments: new Set(["d8"]),
};
const failure = (code: CauseCode) => new UpstreamFailure({ code, message: `because ${code}`, detail: "" });
const v7: ModelVersion = { version: "7", aliases: [], syncStatus: "done" };
const v8: ModelVersion = { version: "8", aliases: ["production"], syncStatus: "done" };
const former: VersionCatalog = {
  ...{ org: "acme", modelArch: "m", readAt: 1, versions: [v7, v8], gone: [], failure: null },
};

function toRead(
  listed: ModelVersion[] | UpstreamFailure,
  singles: Record<string, ModelVersion | UpstreamFailure> = {},
  before: VersionCatalog | null = former,
) {
  const answers = { listed, singles: new Map(Object.entries(singles)), readAt: 2, former: before };
  return toCatalog(inUse, answers);
}

describe("what the API says about versions", () => {
  it("is kept for the versions in use", () => {
    const other = { ...v7, version: "3" };
    expect(toRead([v7, v8, other])).toEqual({ ...former, readAt: 2 });
  });

  it("joins the list and single versions", () => {
    const bare = (version: string) => ({ version, aliases: null, syncStatus: null });
    expect(toRead([bare("7"), bare("8")], { "7": v7, "8": v8 }).versions).toEqual([v7, v8]);
    expect(toRead([bare("7")], { "7": failure("upstream_error") }).versions).toEqual([bare("7")]);
  });

  it("says that a version is gone only while others are there", () => {
    expect(toRead([v8], { "7": failure("not_found") }).gone).toEqual(["7"]);
    expect(toRead(failure("not_found"), { "7": failure("not_found"), "8": v8 }).gone).toEqual(["7"]);
    const none = toRead(failure("not_found"), { "7": failure("not_found"), "8": failure("not_found") });
    expect(none).toMatchObject({ gone: [], versions: [], failure: { code: "not_found" } });
    expect(toRead([v8], { production: failure("not_found") }).gone).toEqual([]);
    expect(toRead([v8], { "7": failure("timed_out") }).gone).toEqual([]);
  });

  it.each<[CauseCode]>([["not_found"], ["key_lacks_access"], ["unreadable_reply"]])(
    "is nothing if the API does not offer versions: %s",
    (code) => {
      expect(toRead(failure(code))).toMatchObject({ versions: [], gone: [], failure: { code } });
    },
  );

  it.each<[CauseCode]>([["timed_out"], ["upstream_error"], ["rate_limited"], ["key_rejected"]])(
    "stays as it was during an outage: %s",
    (code) => {
      expect(toRead(failure(code))).toBe(former);
      expect(toRead(failure(code), {}, null)).toMatchObject({ versions: [], failure: { code } });
    },
  );
});
