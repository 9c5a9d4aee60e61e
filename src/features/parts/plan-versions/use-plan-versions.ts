import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { planHistoryQueries } from '#client/queries/versions/plan-history.ts'
import { answerOfPerson } from '#domain/plan/versions/agreed-in-version.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'

/** The versions of a plan that are loaded, newest first, and how to load older ones. */
export type LoadedVersions = Readonly<{
  versions: readonly PlanVersion[]
  hasOlder: boolean
  loadOlder: () => void
  isLoading: boolean
}>

export function usePlanVersions(planId: string): LoadedVersions {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(
    planHistoryQueries.versions(planId),
  )
  return {
    versions: data.pages.flatMap((page) => page.versions),
    hasOlder: hasNextPage,
    loadOlder: () => void fetchNextPage(),
    isLoading: isFetchingNextPage,
  }
}

/** Whether the person said yes to it: only then is its roof filled. */
export const isAgreedVersion = (version: PlanVersion | undefined): boolean =>
  version !== undefined && (answerOfPerson(version)?.yes ?? false)

export const versionNumbered = (
  versions: readonly PlanVersion[],
  number: string | undefined,
): PlanVersion | undefined => versions.find((each) => String(each.number) === number)
