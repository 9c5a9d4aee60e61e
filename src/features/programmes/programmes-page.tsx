import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { programmesQuery } from '#client/queries/programmes/programmes.ts'
import { useSession } from '#client/session/session.ts'
import type { Measure } from '#domain/case/measures.ts'
import type { Programme } from '#domain/programme/programme.ts'
import type { ProgrammeCounts } from '#domain/programme/programme-parameters.ts'
import { FindNav } from '#features/parts/find/find-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { ProgrammeForm } from './programme-form.tsx'

/** The programmes of this place, and how many people are in each. */
export function ProgrammesPage() {
  const { t } = useLingui()
  return (
    <div>
      <FindNav />
      <PageHeading
        title={t`Programmes`}
        lead={t`What we offer to whom: who may enter, what is planned, and what was really done.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Programmes />
      </Suspense>
    </div>
  )
}

function Programmes() {
  const identity = useSession(({ actor }) => actor?.identity ?? '')
  const isManager = useSession(({ actor }) => actor?.role === 'manager')
  const { data } = useSuspenseQuery(programmesQuery(identity))
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      {data.programmes.length === 0 ? (
        <EmptyState title={<Trans>No programme yet</Trans>}>
          <p>
            <Trans>An administrator defines the first one.</Trans>
          </p>
        </EmptyState>
      ) : null}
      {isManager ? (
        <p className="gable-meta">
          <Trans>Rounded to the nearest five. Numbers below five are not shown.</Trans>
        </p>
      ) : null}
      {data.programmes.map(({ programme, counts }) => (
        <Card
          key={programme.id}
          title={<Link to={`/find/programmes/${programme.id}`}>{programme.title}</Link>}
        >
          <Retired programme={programme} />
          <p>{programme.purpose}</p>
          <Counts counts={counts} />
        </Card>
      ))}
      {data.mayAdd && !isAdding ? (
        <Button onClick={() => setAdding(true)}>
          <Trans>Add a programme</Trans>
        </Button>
      ) : null}
      {data.mayAdd && isAdding ? (
        <ProgrammeForm
          others={data.programmes.map(({ programme }) => programme)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  )
}

export function Retired({ programme }: { programme: Programme }) {
  if (!programme.retired) return null
  return (
    <p>
      <StateMark state="missing">
        <Trans>Not in use: nobody new is invited</Trans>
      </StateMark>
    </p>
  )
}

/** How many people are in each state. */
export function Counts({ counts }: { counts: ProgrammeCounts }) {
  const { t } = useLingui()
  const rows: readonly (readonly [string, Measure])[] = [
    [t`Invited`, counts.invited],
    [t`of these never reached`, counts.neverReached],
    [t`In the programme`, counts.entered],
    [t`Paused`, counts.paused],
    [t`Ended`, counts.ended],
    [t`Said no`, counts.declined],
  ]
  return (
    <dl className="programme-counts">
      {rows.map(([words, measure]) => (
        <div key={words}>
          <dt>{words}</dt>
          <dd>
            <ShownMeasure measure={measure} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function ShownMeasure({ measure }: { measure: Measure }) {
  const { i18n } = useLingui()
  if ('count' in measure) return <>{i18n.number(measure.count)}</>
  return <Trans>fewer than {measure.fewerThan}</Trans>
}
