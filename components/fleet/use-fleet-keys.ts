"use client";

import { useEffect } from "react";

/** `/` focuses the search, arrow keys move between endpoints. */
export function useFleetKeys(): void {
  useEffect(() => {
    document.addEventListener("keydown", obey);
    return () => {
      document.removeEventListener("keydown", obey);
    };
  }, []);
}

function obey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const search = document.querySelector<HTMLInputElement>("main input[type=search]");
  const isTyping = event.target instanceof Element && event.target.matches("input, select, textarea");
  if (event.key === "/" && !isTyping && search !== null) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined && (!isTyping || event.target === search)) move(event, step);
}

function move(event: KeyboardEvent, step: number): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("main [role=row] a")];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? links[0] : links[Math.min(links.length - 1, Math.max(0, at + step))];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
