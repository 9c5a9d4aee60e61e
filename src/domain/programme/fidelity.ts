import { addDays, daysBetween } from '#domain/calendar/days.ts'
import type { PlannedContent } from './programme.ts'
import { daysInProgramme, type ProgrammeEntry } from './programme-entry.ts'

/** What the record holds of a person while they were in the programme; days are `YYYY-MM-DD`. */
export type DoneFacts = Readonly<{
  /** contacts, and attempts that reached nobody */
  contacts: readonly Readonly<{ day: string; reached: boolean }>[]
  /** answered forms; `finished` false: it was begun and given up */
  assessments: readonly Readonly<{ day: string; form: string; finished: boolean }>[]
  /** answers of the person to the plan */
  answers: readonly Readonly<{ day: string; agreed: boolean }>[]
  tasks: readonly Readonly<{ day: string; state: 'done' | 'open' | 'not-done' }>[]
}>

/**
 * `not-done`: a record says that it did not happen; `not-recorded`: nothing says that it did, or that it did not;
 * `not-due`: its day has not come.
 */
export type FidelityState = 'done' | 'partly' | 'not-done' | 'not-recorded' | 'not-due'

export type FidelityLine = PlannedContent &
  Readonly<{ planned: number; done: number; state: FidelityState }>

export type Fidelity = Readonly<{
  lines: readonly FidelityLine[]
  tasks: Readonly<Record<'done' | 'open' | 'notDone', number>>
  /** the last contact that was made in this time; undefined: none is recorded */
  lastContact: string | undefined
}>

/** Of what the programme plans, what was really done for this person. Undefined: they have not entered. */
export function fidelityOf(
  contents: readonly PlannedContent[],
  entry: Pick<ProgrammeEntry, 'steps'>,
  { facts, today }: Readonly<{ facts: DoneFacts; today: string }>,
): Fidelity | undefined {
  const time = daysInProgramme(entry, today)
  if (!time) return undefined
  const within = <T extends { day: string }>(all: readonly T[]) =>
    all.filter(({ day }) => day >= time.from && day <= time.until)
  const paused = (until: string) =>
    time.pauses.reduce((sum, pause) => {
      const last = pause.until < until ? pause.until : until
      return sum + Math.max(0, daysBetween(pause.from, last))
    }, 0)
  const active = daysBetween(time.from, time.until) - paused(time.until)
  const tasks = within(facts.tasks)
  const count = (state: DoneFacts['tasks'][number]['state']) =>
    tasks.filter((each) => each.state === state).length
  return {
    lines: contents.map((content): FidelityLine => {
      if (content.kind === 'contact') return contactLine(content, active, within(facts.contacts))
      const isDue = time.until > addDays(time.from, content.weeks * 7 + paused(time.until))
      return onceLine(content, isDue, triesOf(content, { ...facts, within }))
    }),
    lastContact: within(facts.contacts)
      .filter(({ reached }) => reached)
      .map(({ day }) => day)
      .toSorted()
      .at(-1),
    tasks: { done: count('done'), open: count('open'), notDone: count('not-done') },
  }
}

function contactLine(
  content: PlannedContent,
  active: number,
  contacts: DoneFacts['contacts'],
): FidelityLine {
  const planned = Math.floor(active / (content.weeks * 7))
  const done = new Set(contacts.filter(({ reached }) => reached).map(({ day }) => day)).size
  return {
    ...content,
    planned,
    done,
    state: contactState({ planned, done, tried: contacts.length }),
  }
}

function contactState(
  counts: Readonly<Record<'planned' | 'done' | 'tried', number>>,
): FidelityState {
  const { planned, done, tried } = counts
  if (done >= planned) return planned === 0 && done === 0 ? 'not-due' : 'done'
  if (done > 0) return 'partly'
  return tried > 0 ? 'not-done' : 'not-recorded'
}

type Within = <T extends { day: string }>(all: readonly T[]) => readonly T[]

/** Each time it was done (true) or said not to be (false). */
function triesOf(
  { kind, form }: PlannedContent,
  { assessments, answers, within }: DoneFacts & Readonly<{ within: Within }>,
): readonly boolean[] {
  if (kind === 'plan-agreed') return within(answers).map(({ agreed }) => agreed)
  return within(assessments)
    .filter((each) => each.form === form)
    .map(({ finished }) => finished)
}

function onceLine(
  content: PlannedContent,
  isDue: boolean,
  tries: readonly boolean[],
): FidelityLine {
  const done = tries.includes(true) ? 1 : 0
  const undone = tries.length > 0 ? 'not-done' : isDue ? 'not-recorded' : 'not-due'
  return { ...content, planned: 1, done, state: done === 1 ? 'done' : undone }
}

/** Days of a month, for months without contact: our own. */
const month = 30

/** So long without a recorded contact that somebody asks whether it ends. Nobody leaves by themselves. */
export function isLongWithoutContact(
  { lastContact }: Pick<Fidelity, 'lastContact'>,
  entry: Pick<ProgrammeEntry, 'steps'>,
  { months, today }: Readonly<{ months: number; today: string }>,
): boolean {
  const from = lastContact ?? daysInProgramme(entry, today)?.from
  return months > 0 && from !== undefined && daysBetween(from, today) > months * month
}
