import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useDeferredValue, useState } from 'react'
import { flushSync } from 'react-dom'
import { clockToday } from '#client/clock.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { type CaseloadShown, caseloadQuery } from '#client/queries/monitoring/caseload.ts'
import type { CaseloadAsk } from '#domain/case/caseload-list.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { CaseloadFilters, caseloadAskedIn, searchOf } from './caseload-filters.tsx'
import { CaseloadTable } from './caseload-table.tsx'
import { PrintHead } from './print-head.tsx'
import './caseload.css'

/** The signed-in user’s people: who they are, why they are here, and what is next. */
export function CaseloadPage() {
  const { t } = useLingui()
  const [search, setSearch] = useSearch()
  // the words stay on this page: a name stands in no address
  const [text, setText] = useState('')
  const asked: CaseloadAsk = { ...caseloadAskedIn(search), text }
  const change = ({ text: words, ...rest }: CaseloadAsk) => {
    setText(words)
    const next = searchOf(rest)
    if (next.toString() !== searchOf(asked).toString())
      setSearch(next, { replace: true, preventScrollReset: true })
  }
  return (
    <div className="caseload">
      <PageHeading
        title={t`Caseload`}
        actions={<LinkButton to="/cover" variant="link">{t`Cover and caseloads`}</LinkButton>}
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Caseload asked={asked} onChange={change} />
      </Suspense>
    </div>
  )
}

/** On a narrow screen fewer stand there at once. */
const shownFirst = () => (globalThis.matchMedia?.('(max-width: 760px)').matches ? 12 : 50)
const everybody = 1_000

type Props = Readonly<{ asked: CaseloadAsk; onChange: (asked: CaseloadAsk) => void }>

function Caseload({ asked, onChange }: Props) {
  const [count, setCount] = useState(shownFirst)
  const wanted = useDeferredValue(asked)
  const [begun] = useState({ asked, count })
  const { data: first } = useSuspenseQuery(caseloadQuery(begun.asked, begun.count))
  // once the page stands, a search that fails leaves what is there
  const found = useQuery({
    ...caseloadQuery(wanted, count),
    placeholderData: (before) => before ?? first,
  })
  const { data = first, isError, isPlaceholderData } = found
  const [couldNotPrint, setCouldNotPrint] = useState(false)
  const cache = useQueryClient()
  /** Paper has everybody who was searched for, not only those who stand on the screen. */
  const printAll = async () => {
    const all = await cache.fetchQuery(caseloadQuery(wanted, everybody)).catch(() => undefined)
    setCouldNotPrint(!all)
    if (!all) return
    flushSync(() => setCount(everybody))
    print()
    setCount(count)
  }
  if (data.of === 0 && asked.whose === 'all' && asked.text === '') return <NobodyHere data={data} />
  return (
    <>
      <CaseloadFilters asked={asked} counts={data.counts} onChange={onChange} />
      {isError || couldNotPrint ? <CouldNot onRetry={() => void found.refetch()} /> : null}
      <div aria-busy={isPlaceholderData}>
        <Found {...{ asked, data, onChange }} onPrint={printAll} />
        <More shown={data.rows.length} total={data.total} onMore={setCount} />
      </div>
    </>
  )
}

/** Nobody of one’s own; those whom nobody coordinates are one press away. */
function NobodyHere({ data }: Readonly<{ data: CaseloadShown }>) {
  const left = data.counts.find(({ facet, value }) => facet === 'whose' && value === 'nobody')
  return (
    <EmptyState
      title={<Trans>Nobody here yet</Trans>}
      actions={<LinkButton to="/find">{<Trans>Find people</Trans>}</LinkButton>}
    >
      <p>
        <Trans>
          People are listed here when you take them on, or when a coordinator adds you to their
          team.
        </Trans>
      </p>
      {left && left.count > 0 ? (
        <p>
          <LinkButton to="?whose=nobody" variant="link">
            <Plural
              value={left.count}
              one="# person whom nobody coordinates yet"
              other="# people whom nobody coordinates yet"
            />
          </LinkButton>
        </p>
      ) : null}
    </EmptyState>
  )
}

const CouldNot = ({ onRetry }: Readonly<{ onRetry: () => void }>) => (
  <Notice tone="warning" title={<Trans>The list could not be loaded</Trans>}>
    <p>
      <Trans>What you see may be old. What you typed is still there.</Trans>
    </p>
    <Button variant="outline" onClick={onRetry}>
      <Trans>Try again</Trans>
    </Button>
  </Notice>
)

type FoundProps = Props & Readonly<{ data: CaseloadShown; onPrint: () => Promise<void> }>

function Found({ asked, data, onChange, onPrint }: FoundProps) {
  const isAway = useOffline((all) => all.isAway)
  const { rows, total, of } = data
  return (
    <>
      <div className="caseload__found">
        <p role="status">
          {total === of ? (
            <Plural value={total} one="# person" other="# people" />
          ) : (
            <Trans>
              {total} of {of} people
            </Trans>
          )}
          {isAway ? (
            <>
              {' · '}
              <Trans>only those you downloaded, as of then</Trans>
            </>
          ) : null}
        </p>
        {rows.length > 0 ? (
          <Button variant="link" onClick={() => void onPrint()}>
            <Trans>Print this list</Trans>
          </Button>
        ) : null}
      </div>
      {asked.show === 'silent' || asked.show === 'untouched' ? (
        <UnverifiedMark what="today-days" />
      ) : null}
      {rows.length === 0 ? (
        <NobodyMatches asked={asked} onChange={onChange} />
      ) : (
        <>
          <PrintHead shown={rows.length} total={total} />
          <CaseloadTable rows={rows} today={clockToday()} isByRisk={asked.sort === 'risk'} />
        </>
      )}
    </>
  )
}

function NobodyMatches({ asked, onChange }: Props) {
  return (
    <EmptyState
      title={<Trans>Nobody at the moment</Trans>}
      actions={
        <Button
          variant="outline"
          onClick={() =>
            onChange({
              ...asked,
              ...{ text: '', show: 'all', whose: 'all', segment: '', programme: '' },
            })
          }
        >
          <Trans>Show everyone</Trans>
        </Button>
      }
    >
      <p>
        <Trans>Nobody on your list has all of what you chose.</Trans>
      </p>
    </EmptyState>
  )
}

type MoreProps = Readonly<{ shown: number; total: number; onMore: (count: number) => void }>

/** The rest opens in place. */
function More({ shown, total, onMore }: MoreProps) {
  if (shown >= total) return null
  return (
    <p className="caseload__more">
      <Trans>
        {shown} of {total} shown.
      </Trans>{' '}
      <Button variant="outline" onClick={() => onMore(Math.min(everybody, shown + 50))}>
        <Trans>Show more</Trans>
      </Button>
    </p>
  )
}
