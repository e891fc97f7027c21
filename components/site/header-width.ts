/** The width of the window from which on the links of the header stand in its line. */
export type HeaderWidth = "small" | "large";

/** Shows something only from that width on. */
export const fromWidth: Readonly<Record<HeaderWidth, string>> = {
  small: "max-sm:hidden",
  large: "max-lg:hidden",
};

/** Shows something only below that width. */
export const belowWidth: Readonly<Record<HeaderWidth, string>> = { small: "sm:hidden", large: "lg:hidden" };
