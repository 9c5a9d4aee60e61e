import type { List, Task } from '@medplum/fhirtypes'
import type { Actor, Role } from '#domain/access/actor.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import type { DiaryVisit } from '#domain/diary/diary-visit.ts'
import { needsSorting } from '#domain/discharge/medicine-row.ts'
import { rowsIn } from '#domain/discharge/reconciled-row.ts'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'
import type { TeamTalk } from '#domain/meeting/team-talk.ts'
import { isCaseReferral } from '#domain/referral/case-referral.ts'
import { referralFromFhir } from '#domain/referral/fhir.ts'
import { isReferralLate } from '#domain/referral/referral.ts'
import { isReferralTask, isStaffTask, taskFromFhir } from '#domain/task/fhir.ts'
import { type CareTask, isOpen, isTaskOverdue } from '#domain/task/task.ts'
import type { TodayItem } from './today.ts'

type Day = Readonly<{ today: string; zone: string }>

/**
 * What is asked of the reader: a question or a task that they have not answered, or that is due today, and what a team is
 * asked and nobody has taken. What is overdue is a promise overdue.
 */
export function askedItems(
  tasks: readonly Task[],
  actor: Pick<Actor, 'practitioner'>,
  day: Day,
  /** of people for whom nothing else is asked: what is overdue, too */
  isElsewhere = false,
): readonly TodayItem[] {
  return tasks
    .filter((task) => isStaffTask(task) && !isReferralTask(task))
    .map((task) => taskFromFhir(task, day.zone))
    .filter((task) => isAskedOf(`Practitioner/${actor.practitioner}`, task, day.today, isElsewhere))
    .map(({ id, person, what, owner, dueOn, askedOn, askedBy }) => ({
      ...{ kind: 'task' as const, person, reference: `Task/${id}`, due: dueOn ?? '', text: what },
      ...given('since', askedOn),
      ...given('detail', askedBy?.name),
      ...(owner ? { owner: { reference: owner.reference, name: owner.name } } : {}),
    }))
}

function isAskedOf(me: string, task: CareTask, today: string, isElsewhere: boolean): boolean {
  if (!isOpen(task.state)) return false
  if (isTaskOverdue(task, today)) return isElsewhere
  const { reference } = task.owner ?? {}
  if (!reference?.startsWith('Practitioner/')) return task.state === 'requested'
  return reference === me && (task.state === 'requested' || task.dueOn === today)
}

/**
 * Referrals that need a word: of those who sent them, when the time limit of their state is over; of those who are asked, as long as they have not answered.
 */
export function referralItems(
  tasks: readonly Task[],
  actor: Pick<Actor, 'practitioner' | 'organisation'>,
  today: string,
): readonly TodayItem[] {
  const mine = [`Practitioner/${actor.practitioner}`, `Organization/${actor.organisation}`]
  return tasks
    .filter((task) => isReferralTask(task) && !isCaseReferral(task))
    .map((task) => referralFromFhir(task, undefined))
    .flatMap((referral): readonly TodayItem[] => {
      const { id, person, what, answerBy = '', sentOn, from, to, state } = referral
      const line = { kind: 'referral' as const, person, reference: `Task/${id}`, text: what }
      const isUnanswered = state === 'sent' || state === 'received'
      if (isUnanswered && mine.includes(to?.reference ?? '') && from?.reference !== mine[0])
        return [{ ...line, due: answerBy, detail: 'to-answer', ...given('since', sentOn) }]
      if (!isReferralLate(referral, today)) return []
      const owner = from ? { owner: { reference: from.reference, name: from.name } } : {}
      return [{ ...line, due: answerBy, detail: 'late', ...owner }]
    })
}

/** The medicines of a stay that nobody has sorted out: one line for each list. */
export function medicineItems(lists: readonly List[]): readonly TodayItem[] {
  return lists.flatMap((list): readonly TodayItem[] => {
    const names = rowsIn(list)
      .filter((row) => !row.task && needsSorting(row))
      .map(({ name }) => name)
    if (names.length === 0) return []
    const person = idIn(list.subject?.reference)
    return [
      {
        ...{ kind: 'medicine', person, reference: `List/${list.id}`, due: list.date ?? '' },
        text: names.join(', '),
      },
    ]
  })
}

/** A visit was cancelled or moved, and nobody has told the person: it is whoever would have gone that tells them. */
export const tellItem = ({ id, person, state, start, reason, by }: DiaryVisit): TodayItem => ({
  ...{ kind: 'tell', person, reference: `Appointment/${id}`, due: start, text: reason },
  ...{ detail: state === 'cancelled' ? 'cancelled' : 'moved' },
  owner: { reference: by.reference, name: by.name },
})

/** A letter that nobody has sent after a meeting decided something. */
export const letterItem = ({ id, person, title, doneAt, start, meeting }: TeamTalk): TodayItem => ({
  ...{ kind: 'letter', person, reference: `Appointment/${id}`, due: doneAt ?? start },
  ...{ text: title, detail: meeting },
})

/** Who sorts out medicines; every other line is for whoever is there. */
const medicineRoles: readonly Role[] = ['pharmacist', 'gp', 'nurse-case-manager', 'professional']

/** Whether a line is the reader’s to do: their own, or nobody’s yet and of their profession. */
export function isForReader(
  { kind, whose }: Pick<TodayItem, 'kind' | 'whose'>,
  reader: Readonly<{ practitioner?: string | undefined; role?: Role | undefined }>,
): boolean {
  if (whose) return whose.reference === `Practitioner/${reader.practitioner}`
  return kind !== 'medicine' || medicineRoles.includes(reader.role ?? 'professional')
}

/** When a line came up: an instant or a day. What is due on a day came up on that day. */
const cameUp = ({ since, due }: Pick<TodayItem, 'since' | 'due'>): string => since ?? due

/** New to the reader since they last looked; whoever never looked finds nothing new. */
export function isNewSince(item: Pick<TodayItem, 'since' | 'due'>, lookedAt?: string): boolean {
  const at = cameUp(item)
  if (!lookedAt || !at) return false
  // a day without a time: it was not there on the day before
  return at.length > 10 ? Date.parse(at) > Date.parse(lookedAt) : at > dayWritten(lookedAt)
}
