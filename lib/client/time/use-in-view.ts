import { useState, type RefCallback } from "react";

import { wakeClock } from "./page-clock";

/** What is at most this far from the screen counts as in view, so that it is current when it is scrolled there. */
const margin = "25%";

const outOfView = new WeakSet<Element>();
let observer: IntersectionObserver | null = null;

type View = { ref: RefCallback<Element>; isInView: () => boolean };

/** Whether an element is on the screen, or near it, and not collapsed; true until the browser says otherwise. */
export function useInView(): View {
  return useState(createView)[0];
}

function createView(): View {
  let shown: Element | null = null;
  return {
    ref: (element) => {
      shown = element;
      if (element === null) return;
      const watching = (observer ??= new IntersectionObserver(noteView, { rootMargin: margin }));
      watching.observe(element);
      return () => watching.unobserve(element);
    },
    isInView: () => shown === null || !outOfView.has(shown),
  };
}

function noteView(entries: readonly IntersectionObserverEntry[]): void {
  let hasCome = false;
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) outOfView.add(target);
    else if (outOfView.delete(target)) hasCome = true;
  }
  if (hasCome) wakeClock();
}
