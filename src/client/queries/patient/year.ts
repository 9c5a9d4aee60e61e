import type { CarePlan, Parameters, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { observationsFrom } from '#client/queries/monitoring/observations.ts'
import { contactFromFhir } from '#domain/contact/fhir.ts'
import { wardStayFromFhir } from '#domain/discharge/ward-stay.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { answerOfPerson } from '#domain/plan/versions/agreed-in-version.ts'
import {
  type PlanVersion,
  planVersionsAnswer,
  planVersionsRequest,
} from '#domain/plan/versions/plan-version.ts'
import { timelineTypes } from '#domain/timeline/timeline.ts'
import { worryFromFhir } from '#domain/worry/worry.ts'
import { type SaidInYear, type YearFacts, yearAlertFrom } from '#domain/year/year-facts.ts'
import { findStoryRecords, storyIn } from './timeline.ts'

/** What the picture of a person’s year is drawn from, as far as this reader may see it. */
export const yearQuery = (person: string) =>
  queryOptions({
    queryKey: ['year', person],
    queryFn: ({ signal }) => findYear(person, signal),
    meta: {
      kinds: ['Patient', 'Questionnaire', 'Flag', 'EpisodeOfCare', 'Goal', ...timelineTypes],
    },
  })

export type PersonYears = Readonly<{
  givenName: string
  facts: YearFacts
  /** day or instant of a death; true if it is not known */
  died?: string | true
}>

async function findYear(person: string, signal: AbortSignal): Promise<PersonYears> {
  const patient = `Patient/${person}`
  const [story, flags, episodes, house] = await Promise.all([
    findStoryRecords(person, signal),
    allRecords('Flag', { patient }, signal),
    allRecords('EpisodeOfCare', { patient }, signal),
    queryClient.ensureQueryData(planQueries.house(person)),
  ])
  const versions = house.plan ? await versionsOf(house.plan.id, signal) : []
  const of = <T extends Resource['resourceType']>(type: T) =>
    story.records.filter(
      (each): each is Resource & { resourceType: T } => each.resourceType === type,
    )
  const observations = of('Observation')
  const { readings, limits } = observationsFrom({
    ...{ observations, flags, episodes },
    plans: of('CarePlan') as CarePlan[],
  })
  return {
    givenName: house.givenName,
    ...given('died', house.died),
    facts: {
      ...{ story: storyIn(story), readings, limits },
      stays: of('Encounter').flatMap((each) => wardStayFromFhir(each) ?? []),
      contacts: of('Communication').flatMap((each) => contactFromFhir(each) ?? []),
      alerts: flags.flatMap((each) => yearAlertFrom(each, readings) ?? []),
      worries: observations.flatMap((each) => worryFromFhir(each) ?? []),
      versions: versions.map((each) => ({
        ...{ number: each.number, at: each.at },
        agreed: answerOfPerson(each)?.yes ?? false,
      })),
      words: wordsIn(house, versions),
    },
  }
}

/** Goals that the person said themselves, and what they said to a version of the plan. */
function wordsIn(house: HouseRecord, versions: readonly PlanVersion[]): readonly SaidInYear[] {
  const goals = house.goals.flatMap(({ id, words, since, expressedBy }): readonly SaidInYear[] =>
    since && expressedBy?.voice === 'person' ? [{ id: `Goal/${id}`, at: since, words }] : [],
  )
  const answers = versions.flatMap((version): readonly SaidInYear[] => {
    const answer = answerOfPerson(version)
    return answer?.words && answer.by.reference === `Patient/${house.person}`
      ? [{ id: `version-${version.number}`, at: answer.at, words: answer.words }]
      : []
  })
  return [...goals, ...answers]
}

const mostVersions = 200

async function versionsOf(plan: string, signal: AbortSignal): Promise<readonly PlanVersion[]> {
  const request = planVersionsRequest.write({ count: mostVersions })
  const answer = await fhir.operation<Parameters>(
    `CarePlan/${plan}/$plan-versions`,
    request,
    signal,
  )
  return planVersionsAnswer.read(answer).versions
}
