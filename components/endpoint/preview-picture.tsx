import type { RolloutView } from "@/lib/contract/rollout-view";
import { displayStateOf, marksMissing, type DisplayState } from "@/lib/domain/display-state";
import { toRollCall } from "@/lib/domain/replicas";
import { hueOf, light } from "@/lib/presentation/palette";
import { shapeOf, type ShapeName } from "@/lib/presentation/shapes";
import { displayStateWord } from "@/lib/presentation/state-words";

const capacity = 60;
/** In more cells there is no place for a shape. */
const mostWithShape = 20;

/**
 * The preview picture of a shared link. It is drawn once and seen much later, so it names the time of the observation,
 * and has no color unless it was live or over. The renderer is not a browser: it only knows inline styles and flex boxes.
 */
export function PreviewPicture({
  preview: { rollout, isCurrent, title, description },
}: {
  preview: { rollout: RolloutView | null; isCurrent: boolean; title: string; description: string };
}) {
  const displayState = displayStateOf(rollout);
  const shape = isCurrent ? displayState : "blind";
  const color = light[isCurrent ? hueOf(displayState) : "muted"];
  const isMarked = marksMissing(displayState);
  const filling = isMarked ? light.quiet : color;
  const cells = rollout === null ? [] : (toRollCall(rollout, capacity)?.cells ?? []);
  const missing = isMarked ? cells.findIndex(({ filled, size }) => filled < size) : -1;
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        width: "100%",
        height: "100%",
        padding: 64,
        background: light.ground,
        color: light.ink,
      }}
    >
      <div style={{ display: "flex", alignItems: "center", gap: 20, color, fontSize: 40 }}>
        <Shape of={shape} color={color} />
        {isCurrent ? displayStateWord(displayState) : "Not live"}
      </div>
      <div style={{ display: "flex", fontSize: 60, lineHeight: 1.15 }}>{toDrawable(title)}</div>
      <div style={{ display: "flex", height: 76 }}>
        {cells.map(({ filled, size }, index) => (
          <div
            key={index}
            style={{
              display: "flex",
              flex: 1,
              maxWidth: 56,
              alignItems: "center",
              justifyContent: "center",
              marginRight: 6,
              border:
                index === missing
                  ? `4px solid ${color}`
                  : `2px solid ${filled === size ? filling : light.lineStrong}`,
              background: filled === size ? filling : light.ground,
            }}
          >
            {index === missing && cells.length <= mostWithShape && (
              <Shape of={shape} color={color} size={32} />
            )}
          </div>
        ))}
      </div>
      <div
        style={{
          display: "flex",
          alignItems: "flex-end",
          justifyContent: "space-between",
          gap: 64,
          color: light.quiet,
          fontSize: 30,
        }}
      >
        <span>{toDrawable(description)}</span>
        <span>Rollcall</span>
      </div>
    </div>
  );
}

/**
 * Replaces characters that the packaged font lacks. For those, the library would request a font from a server on the
 * internet and send it the characters.
 */
function toDrawable(text: string): string {
  return text.replaceAll(/[^ -~\u00a0-\u017f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/gu, "?");
}

function Shape({ of, color, size = 56 }: { of: DisplayState | ShapeName; color: string; size?: number }) {
  const { strokes, fill } = shapeOf(of);
  return (
    <svg width={size} height={size} viewBox="0 0 24 24">
      {fill === undefined ? null : <path d={fill} fill={color} />}
      {strokes.map(({ d, dash = "none" }) => (
        <path
          key={d}
          d={d}
          fill="none"
          stroke={color}
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeDasharray={dash}
        />
      ))}
    </svg>
  );
}
