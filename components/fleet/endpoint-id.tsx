import { Fragment } from "react";

import { withoutOrg } from "@/lib/domain/wall";

/** An endpoint's id, never cut. It breaks after hyphens; the organization, which most ids begin with, is quiet. */
export function EndpointId({ id, org }: { id: string; org: string | null }) {
  const rest = withoutOrg(id, org);
  const prefix = id.slice(0, id.length - rest.length);
  return (
    <span className="font-mono text-[0.9375em] [overflow-wrap:anywhere]">
      {prefix !== "" && <span className="text-quiet">{prefix}</span>}
      {rest.split(/(?<=-)/).map((piece, index) => (
        <Fragment key={index}>
          <wbr />
          {piece}
        </Fragment>
      ))}
    </span>
  );
}
