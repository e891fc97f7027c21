import type { ComponentProps, ReactNode, SelectHTMLAttributes } from "react";

const look =
  "mt-1 block min-h-[2.625rem] w-full border border-line-strong bg-ground px-3 py-2 text-body text-ink";

/** A text input under its label. */
export function TextField({ label, ...rest }: { label: ReactNode } & ComponentProps<"input">) {
  return (
    <label className="block text-caption text-quiet">
      {label}
      <input className={look} {...rest} />
    </label>
  );
}

/** A select under its label. */
export function SelectField({
  label,
  children,
  ...rest
}: { label: ReactNode } & SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <label className="block text-caption text-quiet">
      {label}
      <select className={look} {...rest}>
        {children}
      </select>
    </label>
  );
}
