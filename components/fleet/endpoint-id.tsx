import { Fragment } from "react";

/** An endpoint's id, never cut. It breaks after hyphens; the organization, which most ids begin with, is quiet. */
export function EndpointId({ id, org }: { id: string; org: string | null }) {
  const prefix = org !== null && id.startsWith(`${org}-`) ? `${org}-` : "";
  return (
    <span className="font-mono text-[0.9375em] [overflow-wrap:anywhere]">
      {prefix !== "" && <span className="text-quiet">{prefix}</span>}
      {id
        .slice(prefix.length)
        .split(/(?<=-)/)
        .map((piece, index) => (
          <Fragment key={index}>
            <wbr />
            {piece}
          </Fragment>
        ))}
    </span>
  );
}
