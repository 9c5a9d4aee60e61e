import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { isWholeDay } from '#domain/calendar/days.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'

/**
 * Somebody needs less than before: the case stays open and everything in it is watched, and the team looks again on a
 * day. `since`: instant; `lookAgain`: `YYYY-MM-DD`.
 */
export type StepDown = Readonly<{
  why: string
  bringsBack: string
  lookAgain: string
  since: string
  /** id of the task to look again */
  task?: string
}>

const name = 'step-down'

export function stepDownIn(episode: EpisodeOfCare): StepDown | undefined {
  const mark = extensionOf(episode, name)
  if (!mark) return undefined
  const part = (url: string) => mark.extension?.find((each) => each.url === url)
  const [, task] = /^Task\/(.+)$/.exec(part('task')?.valueReference?.reference ?? '') ?? []
  return {
    why: part('why')?.valueString ?? '',
    bringsBack: part('brings-back')?.valueString ?? '',
    lookAgain: part('look-again')?.valueDate ?? '',
    since: part('since')?.valueDateTime ?? '',
    ...(task ? { task } : {}),
  }
}

/** What is blank is left out: FHIR has no empty texts, and the service says what is missing. */
export const stepDownTo = ({ why, bringsBack, lookAgain, since, task }: StepDown) => ({
  extension: [
    ...(why.trim() ? [{ url: 'why', valueString: why }] : []),
    ...(bringsBack.trim() ? [{ url: 'brings-back', valueString: bringsBack }] : []),
    ...(lookAgain ? [{ url: 'look-again', valueDate: lookAgain }] : []),
    { url: 'since', valueDateTime: since },
    ...(task ? [{ url: 'task', valueReference: { reference: `Task/${task}` } }] : []),
  ],
})

export type StepDownFault = 'why' | 'brings-back' | 'look-again' | 'since'

/** What is missing or wrong; undefined if it can be saved. The day to look again is ahead. */
export function stepDownFault(
  { why, bringsBack, lookAgain, since }: StepDown,
  { today, now }: Readonly<{ today: string; now: Date }>,
): StepDownFault | undefined {
  if (why.trim() === '') return 'why'
  if (bringsBack.trim() === '') return 'brings-back'
  if (!isWholeDay(lookAgain) || lookAgain <= today) return 'look-again'
  return Date.parse(since) <= Number(now) + mostAhead ? undefined : 'since'
}

/** The clock of a device may be a little ahead. */
const mostAhead = 5 * 60_000
