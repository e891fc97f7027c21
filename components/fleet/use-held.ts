import { useEffect, useRef, useState, type FocusEvent } from "react";

import { second } from "@/lib/domain/instant";

/** A pointer that rests on a list holds it no longer than this, so that failures come first on a page left open. */
const idleAfter = 30 * second;

/**
 * What was shown when the viewer began to point at an element or to move in it by keyboard; null while they don't, and
 * after `choice` has changed. The handlers belong on that element.
 */
export function useHeld<T>(shown: T, choice: unknown) {
  const [held, setHeld] = useState<{ shown: T; choice: unknown } | null>(null);
  const inside = useRef({ pointer: false, focus: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const release = () => {
    clearTimeout(timer.current);
    setHeld(null);
  };
  const hold = (by: Partial<typeof inside.current>) => {
    Object.assign(inside.current, by);
    clearTimeout(timer.current);
    timer.current = setTimeout(release, idleAfter);
    setHeld((former) => (former?.choice === choice ? former : { shown, choice }));
  };
  const leave = (by: Partial<typeof inside.current>) => {
    Object.assign(inside.current, by);
    if (!inside.current.pointer && !inside.current.focus) release();
  };
  const handlers = {
    onPointerEnter: () => hold({ pointer: true }),
    onPointerMove: () => hold({ pointer: true }),
    onPointerLeave: () => leave({ pointer: false }),
    onFocus: () => hold({ focus: true }),
    onKeyDown: () => hold({}),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget)) leave({ focus: false });
    },
  };
  return [held !== null && held.choice === choice ? held.shown : null, handlers] as const;
}
