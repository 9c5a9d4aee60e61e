/** So many rows of a list are shown at first, and so many more each time somebody asks. */
export const shownAtOnce = 200
/** No list shows more at once. */
const mostShown = 1_000

/** How many rows are shown when so many are asked for. */
export const rowsShown = (asked: number | undefined): number =>
  asked === undefined || !Number.isInteger(asked) || asked < 1
    ? shownAtOnce
    : Math.min(mostShown, asked)
