import type { Resource } from '@medplum/fhirtypes'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import { aboutMeFromFhir } from './about-me-fhir.ts'
import { crisisFromFhir } from './crisis/crisis-fhir.ts'
import { type CrisisPlan, crisisLines } from './crisis/crisis-plan.ts'
import { isWhatIf, needFromFhir, planFromFhir } from './fhir.ts'
import type { HouseRecord } from './house/house.ts'
import type { WhatIf } from './plan.ts'
import { whatIfFromFhir } from './worse/what-if-fhir.ts'
import { whatIfTexts } from './worse/what-if-text.ts'

/** How a day (YYYY-MM-DD) is shown to the reader. */
export type SayDay = (day: string) => string

const whatIfWords = (whatIf: WhatIf, crisis: CrisisPlan | undefined, sayDay: SayDay) =>
  [
    ...whatIfTexts(whatIf, sayDay),
    ...(crisis ? crisisLines(crisis).map(({ words }) => words) : []),
  ].join('\n')

/** The text of a record of the plan, to compare with another. `sayDay`: how its days are shown to the reader. */
export function recordText(resource: Resource, zone?: string, sayDay: SayDay = String): string {
  switch (resource.resourceType) {
    case 'Goal': {
      const { words, why } = goalFromFhir(resource)
      return [words, why].filter(Boolean).join('\n')
    }
    case 'Task': {
      const { what, owner, dueOn } = actionFromFhir(resource, zone)
      return [what, owner?.name, dueOn && sayDay(dueOn)].filter(Boolean).join(', ')
    }
    case 'Observation':
      return aboutMeFromFhir(resource).words
    case 'Condition':
      return needFromFhir(resource).words
    case 'CarePlan':
      return isWhatIf(resource)
        ? whatIfWords(whatIfFromFhir(resource), crisisFromFhir(resource), sayDay)
        : dayOf(planFromFhir(resource).reviewOn, sayDay)
    default:
      return ''
  }
}

const dayOf = (day: string | undefined, sayDay: SayDay) => (day ? sayDay(day) : '')

type Standing = (house: HouseRecord, id: string, sayDay: SayDay) => string | undefined

const standing = new Map<string, Standing>([
  ['Goal', goalStanding],
  ['Task', actionStanding],
  ['Observation', ({ aboutMe }, id) => aboutMe.find((each) => each.id === id)?.words],
  ['Condition', ({ needs }, id) => needs.find((each) => each.id === id)?.words],
  ['CarePlan', planStanding],
])

function goalStanding({ goals }: HouseRecord, id: string): string | undefined {
  const goal = goals.find((each) => each.id === id)
  return goal && [goal.words, goal.why].filter(Boolean).join('\n')
}

function actionStanding({ actions }: HouseRecord, id: string, sayDay: SayDay): string | undefined {
  const action = actions.find((each) => each.id === id)
  return (
    action &&
    [action.what, action.owner?.name, action.dueOn && sayDay(action.dueOn)]
      .filter(Boolean)
      .join(', ')
  )
}

function planStanding(
  { plan, whatIf, crisis }: HouseRecord,
  id: string,
  sayDay: SayDay,
): string | undefined {
  if (whatIf?.id === id) return whatIfWords(whatIf, crisis, sayDay)
  return plan?.reviewOn && sayDay(plan.reviewOn)
}

/** The current text; empty if the record was removed. `record`: for example `Goal/1`. */
export function recordTextStanding(
  house: HouseRecord,
  record: string,
  sayDay: SayDay = String,
): string {
  const [type = '', id = ''] = record.split('/')
  return standing.get(type)?.(house, id, sayDay) ?? ''
}
