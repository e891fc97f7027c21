import { clsx } from "clsx";
import type { ButtonHTMLAttributes } from "react";

/** The button that does what a form is for. */
export function PushButton({ className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      className={clsx(
        "cursor-pointer border border-ink px-4 py-2 text-body font-medium hover:bg-sunken disabled:cursor-default disabled:border-line-strong disabled:text-quiet",
        className,
      )}
      {...rest}
    />
  );
}
