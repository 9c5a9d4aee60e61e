/** Who is here, by name, and who came last. */
export type PresenceChanges = Readonly<{ here: readonly string[]; came: readonly string[] }>

/** Who has come since. A change of activity, or leaving, is not an arrival; the same object if nobody came or left. */
export function presenceChangesAfter(
  before: PresenceChanges,
  here: readonly string[],
): PresenceChanges {
  const news = here.filter((each) => !before.here.includes(each))
  if (news.length === 0 && here.length === before.here.length) return before
  // somebody who left and comes again is announced again
  return { here, came: news.length > 0 ? news : before.came.filter((each) => here.includes(each)) }
}
