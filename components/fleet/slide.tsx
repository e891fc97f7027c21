import { Component, createRef, type ReactNode } from "react";

type Places = ReadonlyMap<Element, { left: number; top: number }>;

const duration = 300;

/**
 * Its children marked with `data-slide` slide to their places when `order` changes, unless the viewer changed `choice`.
 * A class, because only classes can measure the page before it changes. A child with `content-visibility` would count as
 * a layout shift, because browsers don't count its transform.
 */
export class Slide extends Component<{ order: unknown; choice: unknown; children: ReactNode }> {
  readonly #box = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate({ order, choice }: Slide["props"]): Places | null {
    const isMove = order !== this.props.order && choice === this.props.choice;
    return isMove && this.#box.current !== null ? placesIn(this.#box.current) : null;
  }

  override componentDidUpdate(_props: unknown, _state: unknown, before: Places | null): void {
    if (before === null || this.#box.current === null) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const element of before.keys()) for (const animation of element.getAnimations()) animation.cancel();
    for (const [element, { left, top }] of placesIn(this.#box.current)) {
      const from = before.get(element);
      if (from === undefined || (from.left === left && from.top === top)) continue;
      const transform = `translate(${from.left - left}px, ${from.top - top}px)`;
      element.animate([{ transform }, { transform: "none" }], { duration, easing: "ease-out" });
    }
  }

  override render(): ReactNode {
    return <div ref={this.#box}>{this.props.children}</div>;
  }
}

/** Places relative to the box, so that scrolling is no move. */
function placesIn(box: Element): Places {
  const origin = box.getBoundingClientRect();
  return new Map(
    [...box.querySelectorAll("[data-slide]")].map((element) => {
      const { left, top } = element.getBoundingClientRect();
      return [element, { left: left - origin.left, top: top - origin.top }];
    }),
  );
}
