import type { CareTeam } from '@medplum/fhirtypes'
import type { Role } from '#domain/access/actor.ts'
import { whoFrom } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** Where somebody of the team works, and as what. */
export type Post = Readonly<{ practitioner: string; organisation: string; role: string }>

/** Who can judge a reading, in this order: our own choice. Others are not asked. */
const able: readonly (Role | string)[] = [
  ...['nurse-case-manager', 'gp', 'professional', 'pharmacist', 'physiotherapist'],
]

/**
 * To whom an alert goes on if its owner does not answer in time: somebody of the team now, of the same organisation if there
 * is anybody, and of these by what they do. Undefined if nobody is named.
 */
export function whoIsNext(
  team: CareTeam | undefined,
  posts: readonly Post[],
  facts: Readonly<{
    owner: Who | undefined
    organisation: string | undefined
    at: string
    /** who is away, by reference: they are not asked */
    away?: readonly string[]
  }>,
): Who | undefined {
  const members = (team?.participant ?? []).flatMap(({ member, period }) => {
    const who = whoFrom(member)
    const isGone = period?.end !== undefined && Date.parse(period.end) <= Date.parse(facts.at)
    return who?.reference.startsWith('Practitioner/') && !isGone ? [who] : []
  })
  const ranked = members
    .filter(({ reference }) => reference !== facts.owner?.reference)
    .filter(({ reference }) => !facts.away?.includes(reference))
    .flatMap((who, place) => {
      const theirs = posts.filter(({ practitioner }) => practitioner === who.reference)
      const rank = Math.min(
        ...theirs.map(({ role }) => able.indexOf(role)).filter((each) => each >= 0),
        able.length,
      )
      const isNear = theirs.some(({ organisation }) => organisation === facts.organisation)
      return rank < able.length ? [{ who, order: [isNear ? 0 : 1, rank, place] }] : []
    })
  return ranked.toSorted((one, other) => compare(one.order, other.order))[0]?.who
}

function compare(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((each, at) => each !== other[at])
  return place < 0 ? 0 : (one[place] ?? 0) - (other[place] ?? 0)
}
