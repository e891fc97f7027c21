import { clsx } from "clsx";

/** Beside the words of what opens below it. */
export function Chevron({ isUp = false }: { isUp?: boolean }) {
  return (
    <svg viewBox="0 0 10 6" aria-hidden="true" className={clsx("w-2.5 shrink-0", isUp && "rotate-180")}>
      <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
