import type { EpisodeOfCare, Task } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { caseFromFhir } from '#domain/case/fhir.ts'
import { given, ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'

/** The next day: until somebody looks, the person is on nobody’s list. Our own suggestion, and no clinical rule. */
const daysToOpen = 1

type Undone = Readonly<{
  person: string
  name: string
  cases: readonly EpisodeOfCare[]
  today: string
  now: Date
}>

/**
 * Asks whoever coordinated last to open the case again that was closed because the person had died; undefined if none was,
 * or if another is open. The service does not open it: the team, the plan and the visits were ended with it.
 */
export function openAgainTask(undone: Undone): (Task & { id: string }) | undefined {
  const { person, name, cases, today, now } = undone
  const all = cases.map(caseFromFhir)
  if (all.some(({ state }) => state === 'open' || state === 'paused')) return undefined
  const [last] = all
    .filter(({ state }) => state === 'closed')
    .toSorted((one, other) => (other.until ?? '').localeCompare(one.until ?? ''))
  if (last?.outcome?.code !== 'died') return undefined
  return {
    ...{ resourceType: 'Task', id: openAgainId(person), status: 'requested', intent: 'order' },
    code: ownCode('staff-task'),
    for: { reference: `Patient/${person}` },
    description: `Open the case of ${name} again: the death was recorded in error`,
    authoredOn: now.toISOString(),
    ...given('owner', last.coordinator && referenceTo(last.coordinator)),
    restriction: { period: { end: addDays(today, daysToOpen) } },
  }
}

/** One for each person, however often a death is taken back. */
const openAgainId = (person: string) => `open-again-${person}`.slice(0, 64)
