/** What both ways of drawing the curves share, so that one can take the other's place unnoticed. */
export const strokeWidth = "0.125rem";
export const updatedOpacity = 0.2;
