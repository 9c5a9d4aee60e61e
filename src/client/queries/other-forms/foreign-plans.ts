import type { CarePlan, Resource } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { foreignPlans } from '#domain/plan/foreign/foreign-plan-fhir.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'

/** What plans refer to, of whatever kind. */
const around = [
  ...['CarePlan:activity-reference', 'CarePlan:goal', 'CarePlan:condition', 'CarePlan:care-team'],
]

/** The plans of a person with everything that they refer to, as their own systems wrote them. */
const plansOfPerson = (person: string) =>
  queryOptions({
    queryKey: ['foreign-plans', person],
    queryFn: async ({ signal }) => {
      const query = { patient: `Patient/${person}`, _count: 200, _include: around }
      const found = await fhir.search('CarePlan', query, signal)
      const carePlans: readonly CarePlan[] = found.entries
      const records: readonly Resource[] = found.included
      return { carePlans, records }
    },
    meta: {
      kinds: ['CarePlan', 'Goal', 'Task', 'ServiceRequest', 'Appointment', 'Condition', 'CareTeam'],
    },
  })

/** Every plan beside the current one, and what the current one says that the house cannot draw. */
export const foreignPlansQuery = (house: HouseRecord) => ({
  ...plansOfPerson(house.person),
  select: ({
    carePlans,
    records,
  }: Readonly<{ carePlans: readonly CarePlan[]; records: readonly Resource[] }>) =>
    foreignPlans(carePlans, {
      records,
      currentId: house.plan?.id,
      currentWords: [
        ...house.goals.filter(({ id }) => house.plan?.goals.includes(id)).map(({ words }) => words),
        ...house.actions
          .filter(({ id }) => house.plan?.actions.includes(id))
          .map(({ what }) => what),
        ...house.needs.filter(({ id }) => house.plan?.needs.includes(id)).map(({ words }) => words),
      ],
      today: clockToday(),
    }),
})
