import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { rulePeopleQuery } from '#client/queries/monitoring/rules.ts'
import { type RulePeopleGroup, rulePeoplePerPage } from '#domain/rule/rule-parameters.ts'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Pager } from '#ui/layout/pager.tsx'
import { RulePersonRow } from './rule-person-row.tsx'

type Props = Readonly<{
  rule: string
  group: RulePeopleGroup
  line?: number
  /** the trial that they belong to */
  of: string
  title: ReactNode
}>

/** The people behind a figure: read, and noted as read, only when it is opened. */
export function RulePeople({ title, ...asked }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <details className="rule-people" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open ? <People {...asked} /> : null}
    </details>
  )
}

function People({ rule, group, line, of }: Omit<Props, 'title'>) {
  const [page, setPage] = useState(1)
  const asked = { rule, group, of, offset: (page - 1) * rulePeoplePerPage }
  const { data, isError, refetch } = useQuery(
    rulePeopleQuery({ ...asked, ...(line === undefined ? {} : { line }) }),
  )
  if (isError)
    return (
      <p>
        <Trans>These people could not be loaded.</Trans>{' '}
        <Button variant="link" onClick={() => void refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </p>
    )
  if (!data) return <Skeleton lines={4} atOnce />
  return (
    <>
      <ul className="rule-people__list">
        {data.people.map((person) => (
          <RulePersonRow key={person.id} person={person} />
        ))}
      </ul>
      {data.total > rulePeoplePerPage ? (
        <Pager page={page} pages={Math.ceil(data.total / rulePeoplePerPage)} onPage={setPage} />
      ) : null}
    </>
  )
}
