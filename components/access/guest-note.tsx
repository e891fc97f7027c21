import type { Instant } from "@/lib/domain/instant";

import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/**
 * Tells guests what they look at. The organization stands for the person who made the link: anyone can be handed a link,
 * and an account is an address or a name to sign in with.
 */
export function GuestNote({
  label,
  expiresAt,
  org,
}: {
  /** As its maker named the link; may be empty. */
  label: string;
  expiresAt: Instant;
  org: string | null;
}) {
  return (
    <p className="screen-only border-t border-ink bg-sunken px-4 py-2 text-caption text-pretty">
      <span>Shared link</span>
      {label !== "" && (
        <>
          {" “"}
          <Verbatim text={label} />
          {"”"}
        </>
      )}
      <span>{" · read only · works until "}</span>
      <Moment at={expiresAt} />
      {org !== null && (
        <>
          {" · shared by "}
          <Verbatim text={org} />
        </>
      )}
    </p>
  );
}
