import { FhirError } from '#client/fhir/fhir-error.ts'
import { PlanMovedOn } from '#client/queries/care-plan/agreement.ts'
import { InsightMovedOn } from '#client/queries/insight/insight-moved-on.ts'
import { MeetingMovedOn } from '#client/queries/meetings/meeting-moved-on.ts'
import { VisitIsOver } from '#domain/diary/diary-visit.ts'
import { MedicineMovedOn } from '#domain/discharge/medicine-row.ts'
import { DeathMovedOn } from '#domain/person/death.ts'
import type { PlanRecord } from '#domain/plan/plan.ts'
import { RuleMovedOn } from '#domain/suggestion/answer-rule/rule-moved-on.ts'
import { SaveConflict } from './merge-edit.ts'
import { useAsyncAction } from './use-async-action.ts'
import { useDraft } from './use-draft.ts'

/** Why a save failed, in the terms that screens use. What was typed is still there in each case. */
export type SaveProblem =
  | 'unreachable'
  | 'not-allowed'
  | 'moved-on'
  | 'refused'
  | 'needs-network'
  | 'full'

const movedOn = [
  ...[PlanMovedOn, MeetingMovedOn, DeathMovedOn, MedicineMovedOn, VisitIsOver],
  ...[RuleMovedOn, InsightMovedOn],
]

const problemOf = (error: unknown): SaveProblem => {
  if (movedOn.some((kind) => error instanceof kind)) return 'moved-on'
  if (!(error instanceof FhirError)) return 'refused'
  if (['offline', 'unreachable', 'broken'].includes(error.kind)) return 'unreachable'
  if (error.kind === 'full') return 'full'
  if (error.kind === 'needs-network' || error.kind === 'not-downloaded') return 'needs-network'
  if (error.kind === 'forbidden' || error.kind === 'missing') return 'not-allowed'
  return error.kind === 'stale' ? 'unreachable' : 'refused'
}

export type SaveState = Readonly<{
  pending: boolean
  problem: SaveProblem | undefined
  conflict: SaveConflict | undefined
  /** true when it succeeded */
  run: (work: () => Promise<void>) => Promise<boolean>
}>

/** Runs a save and reports its error. */
export function useSaveState(): SaveState {
  const { pending, failure, run } = useAsyncAction()
  const conflict = failure instanceof SaveConflict ? failure : undefined
  const problem = failure && !conflict ? problemOf(failure) : undefined
  return { pending, problem, conflict, run }
}

const isText = (...values: readonly unknown[]) => values.every((value) => typeof value === 'string')

type Draft<T> = Readonly<{ base?: T | undefined; mine: T }>

export type RecordForm<T> = SaveState &
  Readonly<{
    mine: T
    isDraft: boolean
    change: (fields: Partial<T>) => void
    discard: () => void
    /** true when nothing is left to save; false also when more was typed meanwhile */
    save: () => Promise<boolean>
    /** after a conflict: mine is saved over theirs, which stays in the history */
    keepMine: () => Promise<boolean>
    keepTheirs: () => Promise<boolean>
    /** after a conflict: both texts are put into the form, to be combined */
    writeBoth: () => void
  }>

/** What was typed during a save continues from what that save wrote. */
const goingOnFrom =
  <T>(saved: T) =>
  ({ mine }: Draft<T>): Draft<T> => ({ base: saved, mine })

/**
 * One record being edited: a draft from the first key stroke, together with the version it started from, so that a save
 * after a reload still merges against what the writer had read.
 */
export function useRecordForm<T extends PlanRecord>(facts: {
  key: string
  current: T | undefined
  fresh: T
  /** returns the record as it was written */
  save: (edit: Draft<T>) => Promise<T>
}): RecordForm<T> {
  const { key, current, fresh, save } = facts
  const start: Draft<T> = { base: current, mine: current ?? fresh }
  const [draft, setDraft, clear, isDraft, settle] = useDraft<Draft<T>>(key, start)
  const saving = useSaveState()
  const send = async (edit: Draft<T>) => {
    let saved = edit.mine
    const done = await saving.run(async () => {
      saved = await save(edit)
    })
    return done && settle(edit, goingOnFrom(saved))
  }
  const settled = (choose: (mine: unknown, theirs: unknown) => unknown): Draft<T> => {
    if (!saving.conflict) return draft
    const { fields, merged, theirs } = saving.conflict
    const chosen = fields.map((each) => [each.field, choose(each.mine, each.theirs)])
    return { base: theirs as T, mine: { ...(merged as T), ...Object.fromEntries(chosen) } }
  }
  const sendSettled = async (edit: Draft<T>) => {
    setDraft(edit)
    return await send(edit)
  }
  return {
    ...saving,
    mine: draft.mine,
    isDraft,
    change: (fields) => setDraft({ ...draft, mine: { ...draft.mine, ...fields } }),
    discard: clear,
    save: () => send(draft),
    keepMine: () => sendSettled(settled((mine) => mine)),
    keepTheirs: () => sendSettled(settled((_mine, theirs) => theirs)),
    writeBoth: () => {
      setDraft(settled((mine, theirs) => (isText(mine, theirs) ? `${mine}\n${theirs}` : mine)))
      void saving.run(async () => undefined)
    },
  }
}
