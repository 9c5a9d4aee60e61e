import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQueries } from '@tanstack/react-query'
import { Suspense } from 'react'
import { clockToday } from '#client/clock.ts'
import { caseloadQuery } from '#client/queries/monitoring/caseload.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { useSession } from '#client/session/session.ts'
import {
  type CaseloadFilter,
  type CaseloadRow,
  caseloadFilters,
  chosenRows,
} from '#domain/case/caseload.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { CaseloadListRow } from './caseload-row.tsx'

/** The signed-in user's people, the earliest review first. */
export function CaseloadPage() {
  const { t } = useLingui()
  return (
    <div className="caseload">
      <PageHeading
        title={t`Caseload`}
        lead={t`The people you look after, and people whose team you are in. The earliest next review is first.`}
        actions={<LinkButton to="/cover" variant="link">{t`Cover and caseloads`}</LinkButton>}
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Caseload />
      </Suspense>
    </div>
  )
}

function Caseload() {
  const { t } = useLingui()
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const [{ data: found }, { data: day }] = useSuspenseQueries({
    queries: [caseloadQuery, todayQuery(identity)],
  })
  const bands = new Map(day.people.map((each) => [each.id, each.band]))
  const rows = found.map((row) => {
    const band = bands.get(row.person)
    return band ? { ...row, band } : row
  })
  if (rows.length > 0) return <Rows rows={rows} />
  return (
    <EmptyState
      title={t`Nobody here yet`}
      actions={<LinkButton to="/find">{t`Find people`}</LinkButton>}
    >
      <p>
        <Trans>
          People are listed here when you take them on, or when a coordinator adds you to their
          team.
        </Trans>
      </p>
    </EmptyState>
  )
}

const filterIn = (text: string | null): CaseloadFilter =>
  caseloadFilters.find((each) => each === text) ?? 'all'

function Rows({ rows }: { rows: readonly CaseloadRow[] }) {
  const { t } = useLingui()
  const [search, setSearch] = useSearch()
  const filter = filterIn(search.get('show'))
  const shown = chosenRows(rows, filter, clockToday())
  const labels: Readonly<Record<CaseloadFilter, string>> = {
    all: t`Everyone`,
    today: t`Something today`,
    week: t`Something this week`,
    steady: t`Steady`,
    'in-hospital': t`In hospital`,
    review: t`Review overdue`,
    waiting: t`Waiting for the person to agree`,
    'no-plan': t`No plan yet`,
    paused: t`Paused`,
  }
  const options = caseloadFilters.map((value) => ({
    value,
    label: `${labels[value]} (${chosenRows(rows, value, clockToday()).length})`,
  }))
  return (
    <>
      <SelectField
        label={t`Show`}
        value={filter}
        options={options}
        onChange={(value) =>
          setSearch(new URLSearchParams(value === 'all' ? {} : { show: value }), {
            replace: true,
            preventScrollReset: true,
          })
        }
      />
      <p role="status">
        <Plural value={shown.length} one="# person" other="# people" />
      </p>
      {shown.length === 0 ? (
        <EmptyState title={t`Nobody at the moment`} />
      ) : (
        <ul className="caseload__rows">
          {shown.map((row) => (
            <CaseloadListRow key={row.caseId} row={row} today={clockToday()} />
          ))}
        </ul>
      )}
    </>
  )
}
