import type { OpenAlert } from '#domain/alert/open-alerts.ts'
import type { Referral } from '#domain/referral/referral.ts'
import { type CareTask, isOpen } from '#domain/task/task.ts'
import { type Case, type CaseOutcome, type CaseState, mayCaseBecome } from './case.ts'

/** Something in a case that somebody is still waiting for, or has to check. */
export type OpenWork = Readonly<{
  kind: 'task' | 'referral' | 'safety' | 'reading'
  id: string
  /** text of the record; for a reading its kind */
  what: string
}>

type Work = Readonly<{
  tasks: readonly CareTask[]
  referrals: readonly Pick<Referral, 'id' | 'what' | 'state'>[]
  /** safety flags that nobody has closed */
  safety: readonly Readonly<{ id: string; text: string }>[]
  alerts: readonly OpenAlert[]
}>

const openReferral: readonly string[] = ['sent', 'accepted']

/** All of it, in order of urgency: a case can be closed when there is none. */
export function openWork({ tasks, referrals, safety, alerts }: Work): readonly OpenWork[] {
  return [
    ...safety.map(({ id, text }): OpenWork => ({ kind: 'safety', id, what: text })),
    ...alerts.map(({ reading, kind }): OpenWork => ({ kind: 'reading', id: reading, what: kind })),
    ...tasks
      .filter((task) => isOpen(task.state) && !task.isReferral)
      .map(({ id, what }): OpenWork => ({ kind: 'task', id, what })),
    ...referrals
      .filter((each) => openReferral.includes(each.state))
      .map(({ id, what }): OpenWork => ({ kind: 'referral', id, what })),
  ]
}

/** What nobody needs any more once the person has died. A hand-over is answered or withdrawn on its own page. */
export const isEndedByDeath = (
  task: Pick<CareTask, 'state' | 'isHandOver' | 'isAfterDeath'>,
): boolean => isOpen(task.state) && !task.isHandOver && !task.isAfterDeath

/** The case cannot be closed: somebody is waiting for what is named here. */
export class CaseStillOpen extends Error {
  readonly work: readonly OpenWork[]

  constructor(work: readonly OpenWork[]) {
    super(`Still open: ${work.map((each) => each.what).join('; ')}`)
    this.name = 'CaseStillOpen'
    this.work = work
  }
}

/** The case has changed to another state in the meantime. */
export class CaseMovedOn extends Error {
  readonly state: CaseState

  constructor(state: CaseState) {
    super(`The case is ${state} now`)
    this.name = 'CaseMovedOn'
    this.state = state
  }
}

/** The case in another state. Throws `CaseMovedOn` if its own does not lead there. */
export function movedCase(found: Case, state: CaseState): Case {
  if (!mayCaseBecome(found.state, state)) throw new CaseMovedOn(found.state)
  return { ...found, state }
}

/** The case at its end. Throws `CaseStillOpen` while any work is open, `CaseMovedOn` if it has ended already. */
export function closedCase(
  found: Case,
  end: Readonly<{ outcome: CaseOutcome; words: string; at: string; open: readonly OpenWork[] }> &
    Pick<Case, 'continues' | 'comeBack'>,
): Case {
  const { outcome, words, at, open, continues, comeBack } = end
  const closed = movedCase(found, 'closed')
  if (open.length > 0) throw new CaseStillOpen(open)
  return {
    ...{ ...closed, until: at, outcome: { code: outcome, words } },
    ...(continues ? { continues } : {}),
    ...(comeBack ? { comeBack } : {}),
  }
}
