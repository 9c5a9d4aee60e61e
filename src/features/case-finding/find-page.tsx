import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import {
  type FindFilters,
  type FoundPeople,
  findPeopleQuery,
  peoplePerPage,
} from '#client/queries/monitoring/find-people.ts'
import { duplicatesQuery } from '#client/queries/patient/duplicates.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { Pager } from '#ui/layout/pager.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { FindFiltersForm } from './find-filters.tsx'
import { FoundRow } from './found-row.tsx'
import { SavedLists } from './saved-lists.tsx'
import { orderLabels } from './stratum-labels.ts'
import { useFindFilters } from './use-find-filters.ts'

/** People who could be helped, with reasons and a decision for each. */
export function FindPage() {
  const { t } = useLingui()
  const { filters: wished, narrow, words: text, setWords, open } = useFindFilters()
  const filters = useDeferredValue(wished)
  const { data, isError, error, refetch, isFetching } = useQuery({
    ...findPeopleQuery(filters),
    placeholderData: (before) => before,
  })
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
        <UnverifiedMark what="frailty-codes" />
        <DuplicatesLink />
        <EmergencyLink />
      </div>
      <FindFiltersForm {...{ text, setText: setWords, filters: wished, narrow, found: data }} />
      <div className="find__list">
        <SavedLists {...{ filters: wished, open, news: data?.news }} />
        {isError && isGone(error) && (
          <EmptyState title={t`This list is not here`}>
            <p>{t`It was deleted, or it is not shared with you.`}</p>
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
          <NotLoaded error={error} pending={isFetching} again={() => void refetch()} />
        )}
        {!data && !isError && <Skeleton lines={10} atOnce />}
        {data && <FoundList {...{ data, filters, narrow }} />}
      </div>
    </div>
  )
}

function NotLoaded(props: Readonly<{ error: unknown; pending: boolean; again: () => void }>) {
  const { t } = useLingui()
  const { error, pending, again } = props
  const isOffline = error instanceof FhirError && error.kind === 'offline'
  return (
    <Notice
      tone="danger"
      title={t`The list could not be loaded`}
      actions={
        <Button variant="outline" pending={pending} onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <p>
        {isOffline ? (
          <Trans>There is no internet connection. Nothing is lost.</Trans>
        ) : (
          <Trans>Nothing is lost. Try again in a moment.</Trans>
        )}
      </p>
    </Notice>
  )
}

/** Only if there is something to decide. */
function DuplicatesLink() {
  const { data = [] } = useQuery(duplicatesQuery)
  if (data.length === 0) return null
  return (
    <LinkButton to="/duplicates" variant="link">
      <Plural
        value={data.length}
        one="# NHS number is on more than one record"
        other="# NHS numbers are on more than one record"
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

const isNotDownloaded = (error: unknown) =>
  error instanceof FhirError && error.kind === 'not-downloaded'

const isRefused = (error: unknown) => error instanceof FhirError && error.kind === 'forbidden'

const isGone = (error: unknown) => error instanceof FhirError && error.kind === 'missing'

type ListProps = Readonly<{
  data: FoundPeople
  filters: FindFilters
  narrow: (change: Readonly<Record<string, string>>) => void
}>

function FoundList({ data, filters, narrow }: ListProps) {
  const first = (filters.page - 1) * peoplePerPage
  return (
    <section aria-labelledby="find-count">
      <div className="find__count">
        <h2 id="find-count" aria-live="polite">
          <Plural value={data.total} one="# person" other="# people" />
          {filters.unscored && <Trans> without a score</Trans>}
        </h2>
        <OrderChoice {...{ data, filters, narrow }} />
      </div>
      <p className="find__meta">
        <HowOrdered data={data} />
      </p>
      {data.people.length === 0 ? (
        <Nobody isEmpty={isNobody(data, filters)} />
      ) : (
        <ol className="find__rows" start={first + 1}>
          {data.people.map((person, place) => (
            <FoundRow key={person.id} place={first + place + 1} person={person} />
          ))}
        </ol>
      )}
      <Pager
        page={filters.page}
        pages={Math.ceil(data.total / peoplePerPage)}
        onPage={(page) => narrow({ page: String(page) })}
      />
    </section>
  )
}

function OrderChoice({ data, filters, narrow }: ListProps) {
  const { t } = useLingui()
  const { order = 'frailty' } = data
  return (
    <SelectField
      label={t`Order by`}
      value={filters.order === 'suggested' ? order : filters.order}
      onChange={(chosen) => narrow({ order: chosen })}
      options={Object.entries(orderLabels).map(([value, label]) => ({ value, label: t(label) }))}
    />
  )
}

/** What the order is, and that nobody has validated it. */
function HowOrdered({ data: { order, countedOn } }: Pick<ListProps, 'data'>) {
  if (order === 'frailty' || !countedOn)
    return (
      <Trans>
        Sorted by frailty, then by illnesses and emergency care in the last year. This order is our
        own, not a validated prediction.
      </Trans>
    )
  return (
    <Trans>
      The chance was counted on <DateText date={countedOn} /> among the people of this service who
      were alike a year ago. It says what happened to people like this one, not what will happen to
      them.
    </Trans>
  )
}

/** Nobody at all, whatever the search: no filter is the cause. */
const isNobody = ({ known, unscored }: FoundPeople, filters: FindFilters) =>
  filters.text === '' &&
  filters.band + filters.condition + filters.segment + filters.changeable === '' &&
  (filters.ageFrom ?? filters.ageTo) === undefined &&
  unscored + known.reduce((sum, { count }) => sum + count, 0) === 0

function Nobody({ isEmpty }: { isEmpty: boolean }) {
  const { t } = useLingui()
  if (isEmpty)
    return (
      <EmptyState title={t`Nobody here yet`}>
        <p>{t`People registered with your practice, and people in whose care you are named, are listed here.`}</p>
      </EmptyState>
    )
  return (
    <EmptyState title={t`Nobody matches`}>
      <p>{t`Remove a filter, or search for another name. Somebody who said no to being looked for is found by the search at the top of each page.`}</p>
    </EmptyState>
  )
}
