import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

/** The main button of a form. */
export function PushButton({
  className,
  disabled = false,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      disabled={disabled}
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
