/**
 * Somebody to whom a record gives access: `Organization/x`, `Practitioner/x` or `PractitionerRole/x`, and until when
 * (instant; absent: without an end).
 */
export type CareRole = Readonly<{ to: string; until?: string }>

export type RelationsAsked = Readonly<{
  /** the writer's own access lasts: registered practice, care team, case; not a referral, an emergency or a time limit */
  lasting: boolean
  /** to whom the record gives access now, and to whom it would */
  before: readonly CareRole[]
  after: readonly CareRole[]
  /** the writer and their organisation */
  mine: readonly string[]
  /** who has lasting access by other records */
  elsewhere: readonly string[]
  /** the record is done for an open referral of the writer: its access ends with that referral */
  forReferral?: boolean
}>

/** `gives`: it gives somebody access, or for longer. `takes`: it ends somebody else's access. */
export type RelationsFault = 'gives' | 'takes'

/**
 * Access is given and ended by people whose own access lasts. A guest may name only those who have access already, pass
 * a task on within their organisation as long as it depends on the same record, and end their own access.
 */
export function decideRelations(change: RelationsAsked): RelationsFault | undefined {
  const { lasting, before, after, mine, elsewhere } = change
  if (lasting) return undefined
  const given = after.filter((each) => !covers(before, each))
  if (given.some((each) => !elsewhere.includes(each.to) && !mayPass(change, each))) return 'gives'
  const free = [...mine, ...elsewhere]
  const isTaken = (each: CareRole) => !covers(after, each) && !free.includes(each.to)
  return before.some(isTaken) ? 'takes' : undefined
}

/**
 * The writer takes the place of their organisation, or the other way round; or the access ends with their referral.
 */
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

/** True if deleting a record would end somebody else's access. */
export function shutsOut({ before, mine }: Pick<RelationsAsked, 'before' | 'mine'>): boolean {
  return before.some(({ to }) => !mine.includes(to))
}
