"use client";

import { clsx } from "clsx";
import { useTheme } from "next-themes";

import { useHydrated } from "@/lib/client/time/use-hydrated";

const themes = [
  { name: "system", word: "Auto" },
  { name: "light", word: "Light" },
  { name: "dark", word: "Dark" },
] as const;

export function ThemeControl() {
  const { theme, setTheme } = useTheme();
  const isHydrated = useHydrated();
  return (
    <div role="group" aria-label="Theme" className="flex items-center gap-1 text-caption">
      <span aria-hidden className="mr-auto">
        Theme
      </span>
      {themes.map(({ name, word }) => {
        const isChosen = isHydrated && theme === name;
        return (
          <button
            key={name}
            type="button"
            aria-pressed={isChosen}
            onClick={() => setTheme(name)}
            className={clsx(
              "min-h-9 cursor-pointer px-2 underline-offset-4 hover:text-ink",
              isChosen ? "text-ink underline decoration-ink" : "text-quiet",
            )}
          >
            {word}
          </button>
        );
      })}
    </div>
  );
}
