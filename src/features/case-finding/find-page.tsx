import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { FindFilters } from '#client/queries/monitoring/find-people.ts'
import { duplicatesQuery } from '#client/queries/patient/duplicates.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { NotLoaded } from '#features/parts/find/not-loaded.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { FindFiltersForm } from './filters/find-filters.tsx'
import { useFindFilters } from './filters/use-find-filters.ts'
import { ListProgress } from './progress/list-progress.tsx'
import { useFoundPeople } from './progress/use-found-people.ts'
import { SavedLists } from './saved-lists/saved-lists.tsx'
import { FoundList } from './worklist/found-list.tsx'

/** People who could be helped, with reasons and a decision for each. */
export function FindPage() {
  const { t } = useLingui()
  const { filters: wished, narrow, words: text, setWords, open, before } = useFindFilters()
  const filters = useDeferredValue(wished)
  const found = useFoundPeople(filters)
  const { data, dataUpdatedAt, isError, error, refetch, isFetching, heldList } = found
  return (
    <div className="find">
      <div className="find__nav">
        <FindNav />
      </div>
      <div className="find__heading">
        <PageHeading
          title={t`Find people we could help`}
          lead={t`Who is likely to need hospital in an emergency, and what we could change. A score starts a conversation. It decides nothing.`}
        />
      </div>
      <div className="find__filters">
        <FindFiltersForm {...{ text, setText: setWords, filters: wished, narrow, found: data }} />
        <SavedLists {...{ filters: wished, open, before, news: data?.news }} />
        <DuplicatesLink />
        <EmergencyLink />
      </div>
      <div className="find__list">
        {isError && isGone(error) && (
          <EmptyState title={filters.rule ? t`This rule is not here` : t`This list is not here`}>
            <p>
              {filters.rule
                ? t`It is not switched on any more, or it belongs to another organisation.`
                : t`It was deleted, or it is not shared with you.`}
            </p>
          </EmptyState>
        )}
        {isError && isNotDownloaded(error) && (
          <EmptyState title={t`No internet connection`}>
            <p>{t`You need an internet connection to search. People you downloaded are on the Today page.`}</p>
          </EmptyState>
        )}
        {isError && isRefused(error) && (
          <EmptyState title={t`Not part of your role`}>
            <p>{t`Only people who look after others can search here.`}</p>
          </EmptyState>
        )}
        {isError && !isNotDownloaded(error) && !isRefused(error) && !isGone(error) && (
          <NotLoaded
            title={t`The list could not be loaded`}
            {...{ error, pending: isFetching, again: () => void refetch() }}
          />
        )}
        {!data && !isError && <Skeleton lines={10} atOnce />}
        {data && heldList ? (
          <ListProgress
            key={heldList}
            listedAt={dataUpdatedAt}
            isLoading={isFetching}
            show={found.showNewOrder}
            {...{ data, isStopped: found.isStopped, setStopped: found.setStopped }}
          />
        ) : null}
        {data ? (
          <FoundList
            key={whoseSelection(filters)}
            countedAt={dataUpdatedAt}
            {...{ data, filters, narrow }}
          />
        ) : null}
        <UnverifiedMark what="frailty-codes" />
      </div>
    </div>
  )
}

/** Only if there is something to decide. */
function DuplicatesLink() {
  const { data } = useQuery(duplicatesQuery())
  const toDecide = (data?.numbers.length ?? 0) + (data?.alikeTotal ?? 0)
  if (toDecide === 0) return null
  return (
    <LinkButton to="/duplicates" variant="link">
      <Plural
        value={toDecide}
        one="# possible duplicate to decide"
        other="# possible duplicates to decide"
      />
    </LinkButton>
  )
}

function EmergencyLink() {
  const mayOpen = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  if (!mayOpen) return null
  return (
    <LinkButton to="/emergency" variant="link">
      <Trans>Someone you do not know? Open a record in an emergency</Trans>
    </LinkButton>
  )
}

/** Selected people stay selected while the list is another page or order of the same filters. */
const whoseSelection = ({ page: _page, order: _order, ...rest }: FindFilters) =>
  JSON.stringify(rest)

const isNotDownloaded = (error: unknown) =>
  error instanceof FhirError && error.kind === 'not-downloaded'

const isRefused = (error: unknown) => error instanceof FhirError && error.kind === 'forbidden'

const isGone = (error: unknown) => error instanceof FhirError && error.kind === 'missing'
