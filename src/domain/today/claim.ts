import type { Task } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { TodayItem } from './today.ts'

type Named = NonNullable<TodayItem['whose']>

/** The line of Today that somebody takes. */
export type TodayLine = Pick<TodayItem, 'kind' | 'person' | 'reference' | 'due'>

/** Somebody has taken a line of Today: nobody else has to. */
export type TodayClaim = TodayLine &
  Readonly<{ id: string; by: Named; at: string; isOver: boolean }>

const code = 'today-claim'
/** Lines whose record stays the same while the reason comes again: another day, another line. */
const dated: readonly TodayItem['kind'][] = ['silent', 'review', 'prepared']

/** The same for one line, however often the page is loaded. */
export const lineKey = ({ kind, person, reference, due }: TodayLine): string =>
  [kind, person, reference, ...(dated.includes(kind) ? [due] : [])].join(' ')

export const isTodayClaim = (task: Task): boolean =>
  task.code?.coding?.some((each) => each.code === code) ?? false

/** It is between professionals, and no promise to anybody: it only says who looks after it. */
export function claimToFhir(claim: TodayClaim): Task & { id: string } {
  const by = { reference: claim.by.reference, display: claim.by.name }
  return {
    ...{ resourceType: 'Task', id: claim.id, meta: { security: [{ ...professionalOnly }] } },
    status: claim.isOver ? 'cancelled' : 'accepted',
    ...{
      intent: 'reflex-order',
      code: ownCode(code),
      for: { reference: `Patient/${claim.person}` },
    },
    ...{ focus: { reference: claim.reference }, authoredOn: claim.at, requester: by, owner: by },
    ...withExtensions(undefined, {
      'today-line': [
        {
          extension: [
            { url: 'kind', valueCode: claim.kind },
            ...(claim.due ? [{ url: 'due', valueString: claim.due }] : []),
          ],
        },
      ],
    }),
  }
}

export function claimFromFhir(task: Task): TodayClaim | undefined {
  if (!isTodayClaim(task)) return undefined
  const line = extensionOf(task, 'today-line')?.extension ?? []
  const kind = line.find(({ url }) => url === 'kind')?.valueCode
  return {
    ...{ id: task.id ?? '', kind: kind as TodayItem['kind'], person: idIn(task.for?.reference) },
    ...{ reference: task.focus?.reference ?? '', at: task.authoredOn ?? '' },
    due: line.find(({ url }) => url === 'due')?.valueString ?? '',
    by: { reference: task.owner?.reference ?? '', name: task.owner?.display ?? '' },
    isOver: task.status !== 'accepted',
  }
}

/** Promised by a professional, asked of one, or an alert that is theirs now: it is theirs before it is the coordinator’s. */
const ownedByOwner: readonly TodayItem['kind'][] = [
  ...(['promise', 'task', 'referral', 'reading', 'tell'] as const),
]
/** Whoever is there first: the coordinator has no more to do with it than any other. */
const anybodys: readonly TodayItem['kind'][] = ['hand-over', 'task', 'medicine']

/** Each line with whose it is: one owner, or nobody’s yet. */
export function withWhose(
  items: readonly TodayItem[],
  claims: readonly TodayClaim[],
  coordinator: Named | undefined,
): readonly TodayItem[] {
  const taken = new Map(claims.filter(({ isOver }) => !isOver).map((each) => [lineKey(each), each]))
  return items.map((item) => {
    const claim = taken.get(lineKey(item))
    const by = claim && !hasGoneOn(item, claim) ? claim.by : undefined
    if (by) return { ...item, whose: by, isTaken: true, ...(isCall(item) ? { owner: by } : {}) }
    return { ...item, ...given('whose', ownerOf(item, coordinator)) }
  })
}

/** An alert that was taken, and not answered in time, is whose it has gone on to. */
const hasGoneOn = ({ reading }: TodayItem, { at }: TodayClaim): boolean =>
  reading?.stands === 'passed-on' && Date.parse(at) < Date.parse(reading.answerBy ?? '')

/** Its row names one owner already. */
const isCall = ({ kind }: TodayItem) => kind === 'home' || kind === 'admitted'

/** The person says that it did not happen: whoever coordinates the care sorts it out, with the one who promised it. */
const isBroken = ({ kind, detail }: TodayItem) => kind === 'promise' && detail === 'did-not-happen'

function ownerOf(item: TodayItem, coordinator: Named | undefined): Named | undefined {
  const { kind, owner } = item
  if (isBroken(item) && coordinator) return coordinator
  if (!ownedByOwner.includes(kind)) return anybodys.includes(kind) ? undefined : coordinator
  if (owner?.reference.startsWith('Practitioner/')) return owner
  // a promise of the person or a carer is looked after by the coordinator; what a team is asked, by nobody yet
  const isTeams = !owner || /^(?:Organization|CareTeam)\//.test(owner.reference)
  return isTeams ? undefined : coordinator
}
