/** Who is here, by name, and who of them came last. */
export type PresenceChanges = Readonly<{ here: readonly string[]; came: readonly string[] }>

/** Who has come since. What somebody does, and who leaves, is no arrival; the same object when nobody came or went. */
export function presenceChangesAfter(
  before: PresenceChanges,
  here: readonly string[],
): PresenceChanges {
  const news = here.filter((each) => !before.here.includes(each))
  if (news.length === 0 && here.length === before.here.length) return before
  // who has left and comes again is told again
  return { here, came: news.length > 0 ? news : before.came.filter((each) => here.includes(each)) }
}
