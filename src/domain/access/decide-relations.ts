/**
 * Somebody whom a record lets in: `Organization/x`, `Practitioner/x` or `PractitionerRole/x`, and until when (instant;
 * absent: without an end).
 */
export type CareRole = Readonly<{ to: string; until?: string }>

export type RelationsAsked = Readonly<{
  /** the writer's own access lasts: registered practice, care team, case; not a referral, an emergency or a time limit */
  lasting: boolean
  /** whom the record lets in now, and whom it would let in */
  before: readonly CareRole[]
  after: readonly CareRole[]
  /** the writer herself and where she works */
  mine: readonly string[]
  /** who has lasting access by other records */
  elsewhere: readonly string[]
  /** the record says that it is done for a referral of the writer's that is open: its places end with that referral */
  forReferral?: boolean
}>

/** `gives`: it lets somebody in, or for longer. `takes`: it ends the place of another. */
export type RelationsFault = 'gives' | 'takes'

/**
 * Access is given and taken by those whose own access lasts. A guest names only those who are in already, passes a place
 * on within where she works as long as it hangs on the same record, and ends her own.
 */
export function decideRelations(asked: RelationsAsked): RelationsFault | undefined {
  const { lasting, before, after, mine, elsewhere } = asked
  if (lasting) return undefined
  const given = after.filter((each) => !covers(before, each))
  if (given.some((each) => !elsewhere.includes(each.to) && !mayPass(asked, each))) return 'gives'
  const free = [...mine, ...elsewhere]
  const isTaken = (each: CareRole) => !covers(after, each) && !free.includes(each.to)
  return before.some(isTaken) ? 'takes' : undefined
}

/** The writer puts herself in the place of where she works, or the other way round; or the place ends with her referral. */
function mayPass({ before, mine, forReferral }: RelationsAsked, place: CareRole): boolean {
  if (!mine.includes(place.to)) return false
  if (forReferral) return true
  return before.some((each) => mine.includes(each.to) && lastsAsLong(each, place))
}

const covers = (places: readonly CareRole[], place: CareRole): boolean =>
  places.some((each) => each.to === place.to && lastsAsLong(each, place))

function lastsAsLong(one: CareRole, other: CareRole): boolean {
  if (one.until === undefined) return true
  return other.until !== undefined && other.until <= one.until
}

/** True when deleting a record would take away a place of others. */
export function shutsOut({ before, mine }: Pick<RelationsAsked, 'before' | 'mine'>): boolean {
  return before.some(({ to }) => !mine.includes(to))
}
