import type { Invitation } from "@/lib/contract/people";

import { CopyButton } from "../ui/copy-button";
import { Moment } from "../ui/moment";
import { Verbatim } from "../ui/verbatim";

/** A one-time link, which is shown only now. */
export function InvitationLink({ invitation: { person, url, expiresAt } }: { invitation: Invitation }) {
  return (
    <div className="mt-4 max-w-[44rem] border-l-2 border-ink pl-4">
      <p>
        Send <Verbatim text={person.name} /> this link. It works once, until{" "}
        <Moment at={expiresAt} form="exact" />, and is not shown again.
      </p>
      <p>
        <span className="font-mono text-caption break-all">{url}</span>{" "}
        <CopyButton text={url} what={`the link for ${person.name}`} />
      </p>
    </div>
  );
}
