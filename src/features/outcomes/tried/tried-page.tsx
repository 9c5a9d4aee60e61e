import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { learningCyclesQuery } from '#client/queries/insight/learning-cycles.ts'
import { fewestCycleMonths } from '#domain/outcome/cycle/cycle-comparison.ts'
import type { LearningCycles } from '#domain/outcome/cycle/learning-cycle.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { CycleForm } from './cycle-form.tsx'
import { CycleRow } from './cycle-row.tsx'

/** What the partners tried, what they hoped, and what came of it: the same page for each of them, without names of people. */
export function TriedPage() {
  const { t } = useLingui()
  return (
    <div className="tried">
      <InsightNav />
      <PageHeading
        title={t`What we tried`}
        caption={t`No names of people on this page`}
        lead={t`All partners read this, so that each learns from what the others tried.`}
      />
      <Suspense fallback={<Skeleton lines={8} atOnce />}>
        <Cycles />
      </Suspense>
    </div>
  )
}

function Cycles() {
  const { data } = useSuspenseQuery(learningCyclesQuery)
  const shown = data.cycles.filter(({ withdrawn }) => !withdrawn)
  return (
    <>
      <Adding all={data} />
      {shown.length === 0 ? (
        <EmptyState title={<Trans>Nobody has written down yet what they tried</Trans>}>
          <p>
            <Trans>Begin with one small thing, one measure, and the day on which it began.</Trans>
          </p>
        </EmptyState>
      ) : (
        <ul className="tried__list">
          {shown.map((cycle) => (
            <CycleRow key={cycle.id} all={data} cycle={cycle} />
          ))}
        </ul>
      )}
      <HowCompared />
      <TakenOut all={data} />
    </>
  )
}

function Adding({ all }: Readonly<{ all: LearningCycles }>) {
  const [isAdding, setAdding] = useState(false)
  if (!all.own) return null
  if (isAdding) return <CycleForm all={all} onDone={() => setAdding(false)} />
  return (
    <p>
      <Button onClick={() => setAdding(true)}>
        <Trans>Try something new</Trans>
      </Button>
    </p>
  )
}

function HowCompared() {
  return (
    <details>
      <summary>
        <Trans>How before and since are compared</Trans>
      </summary>
      <p>
        <Trans>
          All that was counted in the year before, and in all months since, where it was tried and
          at the other partners. With fewer than {fewestCycleMonths} months on either side nothing
          is said. It shows what changed, not why: other things changed too.
        </Trans>
      </p>
      <UnverifiedMark what="cycle-months" />
    </details>
  )
}

function TakenOut({ all }: Readonly<{ all: LearningCycles }>) {
  const taken = all.cycles.filter(({ withdrawn }) => withdrawn)
  if (taken.length === 0) return null
  return (
    <details>
      <summary>
        <Trans>Taken out</Trans>
      </summary>
      <ul className="tried__list">
        {taken.map((cycle) => (
          <CycleRow key={cycle.id} all={all} cycle={cycle} />
        ))}
      </ul>
    </details>
  )
}
