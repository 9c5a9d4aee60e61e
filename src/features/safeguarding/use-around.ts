import { useSuspenseQuery } from '@tanstack/react-query'
import { carersQuery } from '#client/queries/carer/carers.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'

/** Who is around the person, and may be a source of harm. */
export function useAround(person: string) {
  const { data: carers } = useSuspenseQuery(carersQuery(person))
  const { data: team } = useSuspenseQuery(careTeamQuery(person))
  const all = [
    ...carers.map(({ id, name }) => ({ reference: `RelatedPerson/${id}`, name })),
    ...(team?.members ?? [])
      .map(({ who: { reference, name } }) => ({ reference, name }))
      .filter(({ reference }) => reference !== `Patient/${person}`),
  ]
  return [...new Map(all.map((each) => [each.reference, each])).values()]
}
