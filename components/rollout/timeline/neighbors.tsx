import { useApiScope } from "@/lib/client/use-api-scope";
import type { RolloutDetail } from "@/lib/contract/rollout-detail";
import { versionName } from "@/lib/presentation/version";

import { Verbatim } from "../../ui/verbatim";

/** The rollouts before and after this one. */
export function Neighbors({ detail: { older, newer } }: { detail: RolloutDetail }) {
  if (older === null && newer === null) return null;
  return (
    <nav aria-label="Other rollouts" className="screen-only flex gap-x-5 py-1 text-caption text-quiet">
      {older !== null && <Neighbor rollout={older} rel="prev" />}
      {newer !== null && <Neighbor rollout={newer} rel="next" />}
    </nav>
  );
}

type NeighborProps = { rollout: NonNullable<RolloutDetail["older"]>; rel: "prev" | "next" };

function Neighbor({ rollout: { deploymentId, version }, rel }: NeighborProps) {
  const { pages } = useApiScope();
  const isOlder = rel === "prev";
  return (
    <a
      rel={rel}
      href={pages.rollout(deploymentId)}
      className="inline-block max-w-48 truncate py-1 -my-1 hover:text-ink"
    >
      {isOlder && <span aria-hidden="true">← </span>}
      <span className="sr-only">{isOlder ? "Previous rollout: " : "Next rollout: "}</span>
      <span className="underline decoration-line-strong underline-offset-4">
        <Verbatim text={versionName(version)} />
      </span>
      {!isOlder && <span aria-hidden="true"> →</span>}
    </a>
  );
}
