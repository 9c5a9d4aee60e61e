import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { type CaseloadRow, houseOfRow, isCaseOverdue } from '#domain/case/caseload.ts'
import { CoverMark } from '#features/parts/cover/cover-mark.tsx'
import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { WhyHere } from './why-here.tsx'

type Rows = Readonly<{
  rows: readonly CaseloadRow[]
  today: string
  /** the chance that orders them stands in each row */
  isByRisk: boolean
}>

/** One line a person. On paper the names of the columns stand on each sheet. */
export function CaseloadTable({ rows, today, isByRisk }: Rows) {
  const { t } = useLingui()
  return (
    <table className="caseload__rows" aria-label={t`People on this list`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Person</Trans>
          </th>
          <th scope="col">
            <Trans>Why they are here</Trans>
          </th>
          <th scope="col">
            <Trans>Next review</Trans>
          </th>
          <th scope="col">
            <Trans>Last contact</Trans>
          </th>
          <th scope="col">
            <Trans>Coordinator</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <TableRow key={row.caseId} {...{ row, today, isByRisk }} />
        ))}
      </tbody>
    </table>
  )
}

type Row = Readonly<{ row: CaseloadRow; today: string; isByRisk: boolean }>

function TableRow({ row, today, isByRisk }: Row) {
  const { person, family, given, birthDate, nhsNumber, coordinator } = row
  const house = houseOfRow(row, today)
  return (
    <tr>
      <th scope="row" className="caseload__who">
        <HouseThumbnail state={house === 'died' ? 'none' : house} size={28} />
        <div>
          <Link to={`/people/${person}/plan`}>
            <PersonName {...{ family, given }} />
          </Link>
          <BirthAndNumber {...{ birthDate, nhsNumber }} />
        </div>
      </th>
      <td className="caseload__why">
        <WhyHere {...{ row, house, isByRisk }} />
        <CoverMark name={row.coverFor} until={row.coverUntil} />
      </td>
      <td>
        <Review row={row} today={today} />
      </td>
      <td>
        <span className="caseload__name">
          <Trans>Last contact</Trans>{' '}
        </span>
        {row.lastContact ? <DateText date={row.lastContact} /> : <Trans>None recorded</Trans>}
      </td>
      <td className="caseload__whose">
        {coordinator ? <bdi>{coordinator}</bdi> : <Trans>Nobody yet</Trans>}
      </td>
    </tr>
  )
}

function Review({ row, today }: Readonly<{ row: CaseloadRow; today: string }>) {
  if (row.died === 'true') return <Trans>Died, date not known</Trans>
  if (row.died)
    return (
      <Trans>
        Died on <DateText date={row.died} />
      </Trans>
    )
  if (!row.reviewOn) return <Trans>No review date</Trans>
  if (isCaseOverdue(row, today))
    return (
      <StateMark state="due">
        <Trans>
          Review was due <DateText date={row.reviewOn} />
        </Trans>
      </StateMark>
    )
  return (
    <>
      <span className="caseload__name">
        <Trans>Review</Trans>{' '}
      </span>
      <DateText date={row.reviewOn} />
    </>
  )
}
