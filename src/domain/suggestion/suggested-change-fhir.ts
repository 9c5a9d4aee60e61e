import type { Extension, Task } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { suggestedChangeCode } from './is-suggested-change.ts'
import { roomOfSentence } from './sentence.ts'
import {
  type ChangeDecision,
  type ChangeState,
  decidedWays,
  type SuggestedChange,
} from './suggested-change.ts'

const inputs = {
  place: 'place',
  baseVersion: 'base-version',
  baseWords: 'base-words',
  words: 'suggested-words',
} as const

type Valued = NonNullable<Task['input'] | Task['output']>

const textIn = (list: Valued | undefined, code: string): string =>
  list?.find((each) => each.type.coding?.some((one) => one.code === code))?.valueString ?? ''

const states: Readonly<Partial<Record<Task['status'], ChangeState>>> = {
  completed: 'taken',
  rejected: 'declined',
  cancelled: 'withdrawn',
}

type NewChange = Pick<
  SuggestedChange,
  'id' | 'person' | 'record' | 'place' | 'by' | 'at' | 'why' | 'baseVersion' | 'baseWords' | 'words'
> &
  Readonly<{ owner?: Who | undefined; organisation?: SuggestedChange['organisation'] | undefined }>

const input = (change: NewChange) =>
  Object.entries(inputs).flatMap(([key, code]) => {
    const value = change[key as keyof typeof inputs]
    return value === '' ? [] : [{ type: ownCode(code), valueString: value }]
  })

/** A suggestion as a Task that only proposes. It names no owner of the task: being asked gives nobody access. */
export function suggestedChangeToFhir(change: NewChange): Task & { id: string } {
  return {
    resourceType: 'Task',
    id: change.id,
    status: 'requested',
    intent: 'proposal',
    code: ownCode(suggestedChangeCode),
    focus: { reference: change.record },
    for: { reference: `Patient/${change.person}` },
    authoredOn: change.at,
    requester: referenceTo(change.by),
    ...(change.why ? { reasonCode: { text: change.why } } : {}),
    input: input(change),
    ...withExtensions(undefined, {
      'words-of': change.owner ? [{ valueReference: referenceTo(change.owner) }] : [],
      'words-of-organisation': organisationExtension(change.organisation),
    }),
  }
}

function organisationExtension(organisation: SuggestedChange['organisation'] | undefined) {
  if (!organisation) return []
  const reference = `Organization/${organisation.id}`
  return [{ valueReference: { reference, ...given('display', organisation.name) } }]
}

function organisationIn(task: Task): SuggestedChange['organisation'] {
  const named = extensionOf(task, 'words-of-organisation')?.valueReference
  return named?.reference ? { id: idIn(named.reference), name: named.display ?? '' } : undefined
}

const part = (extension: Extension | undefined, url: string) =>
  extension?.extension?.find((each) => each.url === url)

/** Undefined if it names no record, or nobody who suggests. */
export function suggestedChangeFromFhir(task: Task): SuggestedChange | undefined {
  const by = whoFrom(task.requester)
  const focus = referenceTarget(task.focus?.reference ?? '')
  if (!by || !focus) return undefined
  const record = `${focus.type}/${focus.id}`
  const owner = whoFrom(extensionOf(task, 'words-of')?.valueReference)
  return {
    ...{ id: task.id ?? '', ...given('version', task.meta?.versionId) },
    person: referenceTarget(task.for?.reference ?? '')?.id ?? '',
    ...{ record, place: textIn(task.input, inputs.place), room: roomOfSentence(record) },
    ...{ by, at: task.authoredOn ?? '', why: task.reasonCode?.text ?? '' },
    baseVersion: textIn(task.input, inputs.baseVersion),
    baseWords: textIn(task.input, inputs.baseWords),
    words: textIn(task.input, inputs.words),
    ...given('owner', owner),
    ...given('organisation', organisationIn(task)),
    state: states[task.status] ?? 'waiting',
    ...given('taken', textIn(task.output, 'taken')),
    ...given('reason', task.statusReason?.text),
    ...given('decision', decisionIn(task)),
  }
}

/** Who decided about a suggestion; undefined while it waits. */
export function decisionIn(task: Task): ChangeDecision | undefined {
  const decided = extensionOf(task, 'decided')
  const by = whoFrom(part(decided, 'by')?.valueReference)
  const at = part(decided, 'at')?.valueDateTime
  if (!by || !at) return undefined
  const recordedBy = whoFrom(part(decided, 'recorded-by')?.valueReference)
  return { by, at, way: decidedWayIn(task), ...given('recordedBy', recordedBy) }
}

/** How its writer says that the decision was made. */
export function decidedWayIn(task: Task): ChangeDecision['way'] {
  const said = part(extensionOf(task, 'deciding'), 'way')?.valueCode
  return decidedWays.find((way) => way === said) ?? 'self'
}

/** The version of the record that was in front of the one who decided. */
export const seenIn = (task: Task): string =>
  part(extensionOf(task, 'deciding'), 'seen')?.valueString ?? ''

/** What was decided: the words that were taken over, or why not. `seen`: the version of the record that was shown. */
export type Deciding = Readonly<{ way: ChangeDecision['way']; seen: string }> &
  (Readonly<{ taken: string }> | Readonly<{ reason: string }>)

/** The Task with the decision, as its writer sends it. */
export function decidedTask<T extends Task>(task: T, deciding: Deciding): T {
  const { way, seen } = deciding
  const done =
    'taken' in deciding
      ? {
          status: 'completed' as const,
          output: [{ type: ownCode('taken'), valueString: deciding.taken }],
        }
      : { status: 'rejected' as const, statusReason: { text: deciding.reason } }
  return {
    ...task,
    ...done,
    ...withExtensions(task, {
      deciding: [
        {
          extension: [
            { url: 'way', valueCode: way },
            ...(seen ? [{ url: 'seen', valueString: seen }] : []),
          ],
        },
      ],
    }),
  }
}

/** Withdrawn by its author: it stays in the record. */
export const withdrawnTask = <T extends Task>(task: T): T => ({ ...task, status: 'cancelled' })

/** As the server stores it: who decided, and when, are the server’s own. */
export function stampedTask<T extends Task>(task: T, decision: Omit<ChangeDecision, 'way'>): T {
  const { by, at, recordedBy } = decision
  return {
    ...task,
    ...withExtensions(task, {
      decided: [
        {
          extension: [
            { url: 'by', valueReference: referenceTo(by) },
            { url: 'at', valueDateTime: at },
            ...(recordedBy
              ? [{ url: 'recorded-by', valueReference: referenceTo(recordedBy) }]
              : []),
          ],
        },
      ],
    }),
  }
}
