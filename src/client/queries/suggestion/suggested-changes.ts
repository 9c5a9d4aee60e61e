import type { Resource, Task } from '@medplum/fhirtypes'
import { clockToday } from '#client/clock.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { Edit } from '#client/forms/merge-edit.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { PlanMovedOn } from '#client/queries/care-plan/agreement.ts'
import { changePlan, writtenNow } from '#client/queries/care-plan/plan.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { ChangeKind, Who } from '#domain/plan/plan.ts'
import { ownerOfWords, sentenceIn, withSentence } from '#domain/suggestion/sentence.ts'
import type { DecidedWay, SuggestedChange } from '#domain/suggestion/suggested-change.ts'
import {
  type Deciding,
  decidedTask,
  suggestedChangeToFhir,
  withdrawnTask,
} from '#domain/suggestion/suggested-change-fhir.ts'

type NewSuggestion = Pick<SuggestedChange, 'id' | 'person' | 'record' | 'place' | 'words' | 'why'> &
  Readonly<{
    /** the record as it was read: its version, what the sentence says there, and whose words it holds */
    version: string
    standing: string
    owner: Who | undefined
  }>

/**
 * Suggests other words for a sentence: they wait beside it until its owner decides. The caller keeps `id` over retries:
 * sent twice it is one suggestion.
 */
export async function suggestChange(suggestion: NewSuggestion): Promise<void> {
  const { version: baseVersion, standing: baseWords, ...rest } = suggestion
  const task = suggestedChangeToFhir({
    ...{ ...rest, baseVersion, baseWords },
    ...writtenNow(suggestion.person),
  })
  const edit: Edit = {
    ...{ type: 'Task', id: task.id, isNew: true },
    onto: (current) => (current ? undefined : task),
  }
  await saveTogether({ edits: [edit] })
}

/** How a decision is made: by the one who is signed in, or written down for the person who said it or ticked it. */
type Decided = Readonly<{ change: SuggestedChange; way: DecidedWay }>

/** Decided or changed by somebody else meanwhile: both are shown again, and nothing is taken unseen. */
async function orMovedOn(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const isConflict = error instanceof FhirError && error.status === 409
    if (!isConflict && !(error instanceof PlanMovedOn)) throw error
    await noteChangeEvent(['Task', 'Goal', 'Observation', 'Condition', 'CarePlan'])
    throw new PlanMovedOn()
  }
}

function taskEdit(change: SuggestedChange, decided: (task: Task) => Task): Edit {
  return {
    ...{ type: 'Task', id: change.id },
    onto: (current) => {
      const task = current as Task | undefined
      if (!task) throw new PlanMovedOn()
      const next = decided(task)
      if (task.status === next.status) return undefined
      if (task.status !== 'requested') throw new PlanMovedOn()
      return { ...next, id: change.id }
    },
  }
}

const kinds: Readonly<Record<string, ChangeKind>> = {
  Goal: 'write-goal',
  Observation: 'write-about-me',
  Condition: 'write-need',
  Task: 'write-action',
  CarePlan: 'write-what-if',
}

/**
 * Takes words over into the sentence: as suggested, or as its owner would rather say it. The words, the suggestion and
 * the plan are written together or not at all. `seen`: what the sentence said on screen; if it says something else now,
 * this rejects with `PlanMovedOn`.
 */
export async function acceptChange(
  { change, way }: Decided,
  facts: Readonly<{ taken: string; seen: string; planId: string | undefined }>,
): Promise<void> {
  const { taken, seen, planId } = facts
  const [type = '', id = ''] = change.record.split('/')
  const { by, at } = writtenNow(change.person)
  let version = ''
  const words: Edit = {
    ...{ type: type as Resource['resourceType'], id },
    onto: (current) => {
      if (!current || sentenceIn(current, change.place) !== seen) throw new PlanMovedOn()
      version = current.meta?.versionId ?? ''
      const record: ResourceWithId = { ...current, id }
      const owner = ownerOfWords(record, change.place)
      return withSentence(record, change.place, taken, { owner, by, at, day: clockToday() })
    },
  }
  const deciding = (): Deciding => ({ way, seen: version, taken })
  await orMovedOn(() =>
    changePlan({
      ...{ person: change.person, planId, room: change.room, kind: kinds[type] ?? 'write-goal' },
      // the record’s own note of who wrote it names the suggestion
      untold: [`Task/${change.id}`],
      edits: [words, taskEdit(change, (task) => decidedTask(task, deciding()))],
    }),
  )
}

/** Declines a suggestion, with a word why. It stays in the record. */
export async function declineChange({ change, way }: Decided, reason: string): Promise<void> {
  const deciding: Deciding = { way, seen: change.baseVersion, reason }
  await orMovedOn(() =>
    saveTogether({ edits: [taskEdit(change, (task) => decidedTask(task, deciding))] }),
  )
}

/** Withdraws the signed-in user’s own suggestion. It stays in the record. */
export async function withdrawChange(change: SuggestedChange): Promise<void> {
  await orMovedOn(() => saveTogether({ edits: [taskEdit(change, withdrawnTask)] }))
}
