import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  reloadRule,
  saveRule,
  tryRule,
  type WrittenRule,
} from '#client/queries/monitoring/rules.ts'
import { ruleFault } from '#domain/rule/rule-lines.ts'
import type { ShownRule } from '#domain/rule/rule-parameters.ts'
import type { RuleState } from '#domain/rule/rule-version.ts'
import { isStale } from './use-rule-step.ts'

const writable: readonly RuleState[] = ['draft', 'tried', 'looked-at', 'asked']

export type RuleDraft = Readonly<{
  written: WrittenRule
  /** every change is saved, and tried if no line is unfinished */
  write: (next: WrittenRule) => void
  retry: () => void
  tryAgain: () => void
  /** what was typed is not with the service yet */
  isWaiting: boolean
  isBusy: boolean
  failure: 'stale' | 'failed' | undefined
  /** after a conflict: the other’s words stay, or one’s own are written over them */
  takeTheirs: () => void
  keepMine: () => void
}>

/** The newest version as it is written here: on the device from the first change until the service has it. */
export function useRuleDraft(shown: ShownRule): RuleDraft {
  const [newest] = shown.versions
  const { name = '', lines = [], edit } = newest ?? {}
  const [written, set, clear, isWaiting, settle] = useDraft<WrittenRule>(`rule:${shown.rule}`, {
    name,
    lines: lines.map(({ among, ...line }) => (among.length > 0 ? { ...line, among } : line)),
  })
  // what the writer saw: the next change is made onto the answer to the one before
  const seen = useRef(edit)
  if (!isWaiting) seen.current = edit
  const last = useRef(written)
  const saving = useMutation({
    scope: { id: `rule:${shown.rule}` },
    mutationFn: async (next: WrittenRule) => {
      const answer = await saveRule(shown.rule, next, seen.current)
      const [saved] = answer.versions
      seen.current = saved?.edit
      settle(next)
      const isDone = last.current === next && !ruleFault(next.lines)
      if (isDone && saved && !saved.tried) await tryRule(shown.rule)
    },
    onError: (error) => (isStale(error) ? reloadRule(shown.rule) : undefined),
  })
  const write = (next: WrittenRule) => {
    last.current = next
    set(next)
    if (next.name.trim() !== '') saving.mutate(next)
  }
  const trying = useMutation({ mutationFn: async () => await tryRule(shown.rule) })
  const { error } = saving.isError ? saving : trying
  return {
    ...{ written, write, isWaiting },
    isBusy: saving.isPending || trying.isPending,
    retry: () => saving.mutate(written),
    tryAgain: () => trying.mutate(),
    failure: error ? (isStale(error) ? 'stale' : 'failed') : undefined,
    takeTheirs: () => {
      clear()
      saving.reset()
    },
    keepMine: () => {
      seen.current = edit
      saving.mutate(written)
    },
  }
}

/** Whether a version can still be written in. */
export const isWritable = (state: RuleState | undefined): boolean =>
  state !== undefined && writable.includes(state)
