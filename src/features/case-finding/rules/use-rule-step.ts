import { useMutation, useMutationState } from '@tanstack/react-query'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type ReadRule, reloadRule } from '#client/queries/monitoring/rules.ts'

const keyOf = (rule: string) => ['rule-step', rule]

type Step<T> = Readonly<{
  act: (read: ReadRule, said: T) => Promise<unknown>
  onDone?: () => void
}>

/** A step with a rule as it is read here. If somebody changed it since, the page shows it as it is now. */
export function useRuleStep<T>({ rule, edit }: ReadRule, { act, onDone }: Step<T>) {
  const { mutate, isPending, error } = useMutation({
    mutationKey: keyOf(rule),
    mutationFn: async (said: T) => await act({ rule, edit }, said),
    onSuccess: () => onDone?.(),
    onError: async (failure) => (isStale(failure) ? await reloadRule(rule) : undefined),
  })
  // that it changed is said once for the whole page: what was pressed may be gone from it
  return { mutate, isPending, error: isStale(error) ? null : error }
}

/** Whether the last step was refused because the rule had changed. */
export function useRuleChanged(rule: string): boolean {
  const errors = useMutationState({
    filters: { mutationKey: keyOf(rule) },
    select: ({ state }) => state.error,
  })
  return isStale(errors.at(-1))
}

export const isStale = (error: unknown): boolean =>
  error instanceof FhirError && error.kind === 'stale'
