declare global {
  interface Window {
    benchSeen: PageFigures;
  }
}

/** What a page can measure of its loading; milliseconds since navigation. */
export type PageFigures = {
  firstByte: number;
  firstPaint: number;
  largestPaint: number;
  largest: string;
  data: number;
  blocking: number;
  shift: number;
  requests: number;
  loaded: number;
  /** When React has hydrated the page; Infinity for pages without it. */
  hydrated: number;
};

/** Runs in the page, before anything else there. `selector` names the element that will show a number. */
export function observePage(selector: string): void {
  const seen: PageFigures = {
    firstByte: 0,
    firstPaint: 0,
    largestPaint: 0,
    largest: "",
    data: Infinity,
    blocking: 0,
    shift: 0,
    requests: 1,
    loaded: Infinity,
    hydrated: Infinity,
  };
  window.benchSeen = seen;
  const on = (type: string, take: (entry: PerformanceEntry) => void) => {
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  };
  on("navigation", (entry) => {
    if (entry instanceof PerformanceNavigationTiming) seen.firstByte = entry.responseStart;
  });
  on("paint", (entry) => {
    if (entry.name === "first-contentful-paint") seen.firstPaint = entry.startTime;
  });
  on("largest-contentful-paint", (entry) => {
    seen.largestPaint = entry.startTime;
    const element = "element" in entry && entry.element instanceof Element ? entry.element : null;
    seen.largest = `${element?.localName ?? "?"} “${(element?.textContent ?? "").slice(0, 40)}”`;
  });
  on("longtask", (entry) => (seen.blocking += Math.max(0, entry.duration - 50)));
  on(
    "layout-shift",
    (entry) => (seen.shift += "value" in entry && typeof entry.value === "number" ? entry.value : 0),
  );
  on("resource", () => (seen.requests += 1));
  addEventListener("rollcall:hydrated", () => (seen.hydrated = performance.now()));
  addEventListener("load", () => (seen.loaded = performance.now()));
  const lookForData = () => {
    if (/\d+ of \d+/.test(document.querySelector(selector)?.textContent ?? "")) seen.data = performance.now();
    else requestAnimationFrame(lookForData);
  };
  requestAnimationFrame(lookForData);
}
