"use client";

import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

import { useHydrated } from "@/lib/client/time/use-hydrated";

/** The button that does what a form is for. It takes no click before the page's scripts can hear it. */
export function PushButton({
  className,
  disabled = false,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement>) {
  const isHydrated = useHydrated();
  return (
    <button
      type="button"
      disabled={disabled || !isHydrated}
      className={clsx(
        "border px-4 py-2 text-body font-medium",
        disabled
          ? "cursor-default border-line-strong text-quiet"
          : "cursor-pointer border-ink hover:bg-sunken",
        className,
      )}
      {...rest}
    />
  );
}
