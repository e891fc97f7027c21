import { pagePaths } from "@/lib/contract/paths";
import { worstState, type Check, type CheckState } from "@/lib/domain/check";
import type { DisplayState } from "@/lib/domain/display-state";
import type { Instant } from "@/lib/domain/instant";
import { diagnosticsSentence, checkWord } from "@/lib/presentation/check-words";
import type { ShapeName } from "@/lib/presentation/shapes";

import { TabState } from "../site/tab-state";
import { Moment } from "../ui/moment";
import { StateMark } from "../ui/state-mark";
import { StateShape } from "../ui/state-shape";
import { Verbatim } from "../ui/verbatim";

/** Each check state uses the shape and hue of the rollout state that looks equally severe. */
const shapes: Record<CheckState, DisplayState | ShapeName> = {
  ok: "done",
  warning: "warning",
  failing: "error",
  unknown: "unknown",
};

type Props = { at: Instant; checks: readonly Check[]; release: { version: string; build: string } };

/** The results of the doctor: one line per check, with a remedy below each check that isn't OK. */
export function Diagnostics({ at, checks, release }: Props) {
  const worst = worstState(checks);
  return (
    <main>
      <TabState title="Diagnostics · Rollcall" shape={shapes[worst]} isLive />
      <div data-state={shapes[worst]} className="margin-grid border-t border-ink pt-10 pb-8">
        <StateMark of={shapes[worst]} word={checkWord(worst)} />
        <div>
          <h1 className="max-w-[60rem] text-sentence font-medium tracking-[-0.022em] text-balance">
            {diagnosticsSentence(checks)}
          </h1>
          <p className="mt-3 text-quiet">
            Checked <Moment at={at} form="exact" />.{" "}
            <a
              href={pagePaths.doctor}
              className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              Check again
            </a>
          </p>
        </div>
      </div>
      <ul aria-label="Checks">
        {checks.map((check) => (
          <CheckLine key={check.name} check={check} />
        ))}
      </ul>
      <p className="margin-grid border-t border-line py-4 text-caption text-quiet">
        <span className="min-[56rem]:col-start-2">
          Rollcall {release.version}, build <code className="break-all">{release.build}</code>
        </span>
      </p>
    </main>
  );
}

function CheckLine({ check: { name, state, says, remedy } }: { check: Check }) {
  return (
    <li data-state={shapes[state]} className="margin-grid border-t border-line py-4">
      <p className="flex items-center gap-2 self-start text-caption leading-[1.85] text-state">
        <StateShape of={shapes[state]} className="size-4" />
        {checkWord(state)}
      </p>
      <div className="min-w-0 max-w-[52rem] break-words text-pretty">
        <h2 className="inline font-semibold">{name}.</h2> <Verbatim text={says} />
        {remedy !== null && <p className="mt-1 text-quiet">{remedy}</p>}
      </div>
    </li>
  );
}
