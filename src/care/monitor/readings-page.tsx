import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { planQueries } from '#data/plan.ts'
import { readingsQuery } from '#data/readings.ts'
import { Card } from '#design/card.tsx'
import { LineChart } from '#design/line-chart.tsx'
import { Missing } from '#design/missing.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { SelectField } from '#design/select-field.tsx'
import { Skeleton } from '#design/skeleton.tsx'
import { everyOutside } from '#domain/reading/limits.ts'
import { kindFacts, type Reading, type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import { LimitForm } from './limit-form.tsx'
import { OutsideNotice } from './outside-notice.tsx'
import { ReadingForm } from './reading-form.tsx'
import { LimitWords, useReadingWords } from './reading-words.tsx'
import './today.scss'

/** The readings of one person against what was agreed. */
export function ReadingsPage() {
  const { t } = useLingui()
  return (
    <div className="readings">
      <title>{t`Readings – Gable`}</title>
      <PageHeading title={t`Readings`} lead={t`Limits are agreed with the person, in the plan.`} />
      <Suspense fallback={<Skeleton lines={8} />}>
        <ReadingsBody />
      </Suspense>
    </div>
  )
}

function ReadingsBody() {
  const { t } = useLingui()
  const { person = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const { data } = useSuspenseQuery(readingsQuery(person))
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const words = useReadingWords()
  const kind = kindAsked(search.get('kind'), data.readings)
  const ours = data.readings.filter((each) => each.kind === kind)
  const limit = data.limits.find((each) => each.kind === kind)
  const open = everyOutside(data.readings, data.limits).filter(
    (each) => !data.seen.includes(each.reading.id),
  )
  return (
    <>
      {open.map((breach) => (
        <OutsideNotice key={breach.reading.id} breach={breach} />
      ))}
      <SelectField
        label={t`Which reading`}
        value={kind}
        onChange={(next) => setSearch({ kind: next }, { replace: true })}
        options={readingKinds.map((each) => ({ value: each, label: words.name(each) }))}
      />
      <div className="gable-columns">
        <Card title={words.name(kind)}>
          {ours.length === 0 ? (
            <Missing title={<Trans>No reading yet</Trans>} />
          ) : (
            <LineChart
              points={ours.slice(-30)}
              limitLow={limit?.low}
              limitHigh={limit?.high}
              label={words.run(kind, ours.slice(-7))}
              unit={kindFacts[kind].unit}
            />
          )}
          <p>{limit ? <LimitWords limit={limit} /> : <Trans>No limit has been agreed.</Trans>}</p>
        </Card>
        <aside>
          <Card title={<Trans>Add a reading</Trans>}>
            <ReadingForm key={kind} person={person} kind={kind} />
          </Card>
          {house.plan ? (
            <Card title={<Trans>Agree a limit</Trans>}>
              <LimitForm key={kind} plan={house.plan} kind={kind} limit={limit} />
            </Card>
          ) : null}
        </aside>
      </div>
    </>
  )
}

function kindAsked(asked: string | null, readings: readonly Reading[]): ReadingKind {
  return readingKinds.find((each) => each === asked) ?? readings.at(-1)?.kind ?? 'weight'
}
