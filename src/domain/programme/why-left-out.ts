import {
  type EntryState,
  entryState,
  isOpenEntry,
  type ProgrammeEntry,
  type StepKind,
  stepsAfter,
} from './programme-entry.ts'

/**
 * Why nobody goes on with a person: they died, their record was joined to another or set aside, or they said no to case
 * management or to being looked for.
 */
export type WhyLeftOut = 'died' | 'joined' | 'set-aside' | 'case' | 'finding'

const onlyEnd: readonly StepKind[] = ['ended']
const afterNo: readonly StepKind[] = ['paused', 'ended']

/** What can still come: after a death, or on a record that is not in use, only the end; after a no nothing that asks them. */
export function stepsLeft(state: EntryState, leftOut: WhyLeftOut | undefined): readonly StepKind[] {
  const next = stepsAfter(state)
  if (!leftOut) return next
  const allowed = leftOut === 'case' || leftOut === 'finding' ? afterNo : onlyEnd
  return next.filter((each) => allowed.includes(each))
}

/** An open way of somebody who is left out is counted nowhere, and is shown apart until it ends. */
export const isLeftOpen = (
  entry: Pick<ProgrammeEntry, 'steps'>,
  leftOut: WhyLeftOut | undefined,
): boolean => leftOut !== undefined && isOpenEntry(entry)

/** Whether the person said no to this programme, or stopped it: whoever invites them again says why. */
export const wasDeclined = (
  entries: readonly Pick<ProgrammeEntry, 'programme' | 'steps'>[],
  programme: string,
): boolean =>
  entries.some(
    (entry) =>
      entry.programme === programme &&
      (entryState(entry) === 'declined' || entry.steps.at(-1)?.reason === 'asked-to-stop'),
  )
