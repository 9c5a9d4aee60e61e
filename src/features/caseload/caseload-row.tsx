import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import {
  type CaseloadHouse,
  type CaseloadRow,
  houseOfRow,
  isCaseOverdue,
} from '#domain/case/caseload.ts'
import { CoverMark } from '#features/parts/cover/cover-mark.tsx'
import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

/** One person: the house with its words, who they are, and the dates that matter. */
export function CaseloadListRow({ row, today }: Readonly<{ row: CaseloadRow; today: string }>) {
  const { person, family, given, birthDate, nhsNumber, coordinator } = row
  const house = houseOfRow(row, today)
  return (
    <li className="caseload__row">
      <HouseThumbnail state={house === 'died' ? 'none' : house} size={52} />
      <div className="caseload__who">
        <Link to={`/people/${person}/plan`}>
          <PersonName {...{ family, given }} />
        </Link>
        <BirthAndNumber {...{ birthDate, nhsNumber }} />
      </div>
      <div className="caseload__state">
        <HouseWords house={house} />
        <CaseWords row={row} />
        <CoverMark name={row.coverFor} until={row.coverUntil} />
      </div>
      <div className="caseload__days">
        <ReviewWords row={row} today={today} />
        <span>
          {row.lastContact ? (
            <Trans>
              Last contact <DateText date={row.lastContact} />
            </Trans>
          ) : (
            <Trans>No contact recorded</Trans>
          )}
        </span>
        {coordinator && (
          <span>
            <Trans>
              Coordinator: <bdi>{coordinator}</bdi>
            </Trans>
          </span>
        )}
      </div>
    </li>
  )
}

const marks: Readonly<Record<CaseloadHouse, MarkState>> = {
  died: 'missing',
  none: 'missing',
  writing: 'writing',
  waiting: 'writing',
  agreed: 'agreed',
  'review-due': 'due',
}

function HouseWords({ house }: { house: CaseloadHouse }) {
  const words: Readonly<Record<CaseloadHouse, ReactNode>> = {
    died: <Trans>Has died: close the case</Trans>,
    none: <Trans>No plan yet</Trans>,
    writing: <Trans>Plan being written</Trans>,
    waiting: <Trans>Waiting for the person to agree</Trans>,
    agreed: <Trans>Agreed with the person</Trans>,
    'review-due': <Trans>Agreed, review overdue</Trans>,
  }
  return <StateMark state={marks[house]}>{words[house]}</StateMark>
}

function CaseWords({ row }: { row: CaseloadRow }) {
  if (row.state === 'paused')
    return (
      <Chip>
        <Trans>Paused</Trans>
      </Chip>
    )
  if (row.state === 'listed')
    return (
      <Chip>
        <Trans>Not taken on yet</Trans>
      </Chip>
    )
  return null
}

function ReviewWords({ row, today }: Readonly<{ row: CaseloadRow; today: string }>) {
  if (row.died === 'true')
    return (
      <strong>
        <Trans>Died, date not known</Trans>
      </strong>
    )
  if (row.died)
    return (
      <strong>
        <Trans>
          Died on <DateText date={row.died} />
        </Trans>
      </strong>
    )
  if (!row.reviewOn)
    return (
      <span>
        <Trans>No review date</Trans>
      </span>
    )
  return (
    <strong>
      {isCaseOverdue(row, today) ? (
        <Trans>
          Review was due <DateText date={row.reviewOn} />
        </Trans>
      ) : (
        <Trans>
          Review on <DateText date={row.reviewOn} />
        </Trans>
      )}
    </strong>
  )
}
