import { pagePaths } from "@/lib/contract/paths";
import type { Instant } from "@/lib/domain/instant";

import { StateShape } from "../ui/state-shape";

/** Tells an administrator that the settings file has errors and wasn't applied. */
export function SettingsNotice({ since }: { since: Instant }) {
  return (
    <p
      role="status"
      data-state="error"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-ink py-3 text-body"
    >
      <StateShape of="error" className="size-5 text-state" />
      <span>
        The settings file has had errors since {new Date(since).toISOString().slice(11, 16)} UTC. The previous
        settings still apply.
      </span>
      <a
        href={pagePaths.doctor}
        className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
      >
        Show the errors
      </a>
    </p>
  );
}
