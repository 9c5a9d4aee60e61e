import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { learningCyclesQuery } from '#client/queries/insight/learning-cycles.ts'
import { outcomesQuery } from '#client/queries/insight/outcomes.ts'
import { monthWritten } from '#domain/calendar/days.ts'
import type { LearningCycle } from '#domain/outcome/cycle/learning-cycle.ts'
import type { Outcomes } from '#domain/outcome/outcomes.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { MeasureRow } from './measure-row.tsx'
import { TeamsFunnel } from './teams-funnel.tsx'
import { useFinding } from './use-finding.ts'
import { WhatPeopleToldUs } from './what-people-told-us.tsx'
import './outcomes.css'

/** Whether life gets better for the people we look after: the same page for every partner, without names. */
export function OutcomesPage() {
  return (
    <div className="outcomes">
      <InsightNav />
      <Suspense fallback={<Skeleton lines={12} atOnce />}>
        <Shown />
      </Suspense>
    </div>
  )
}

function Shown() {
  const { t } = useLingui()
  const { data: outcomes } = useSuspenseQuery(outcomesQuery)
  const { measures } = outcomes
  const finding = useFinding(measures)
  return (
    <>
      <PageHeading
        title={t`Is life getting better for the people we look after?`}
        caption={<Caption outcomes={outcomes} />}
        lead={finding}
      />
      {measures.length === 0 ? (
        <EmptyState title={t`No measure is shown yet`}>
          <p>
            <Trans>A measure is shown when every partner has said yes to it.</Trans>
          </p>
        </EmptyState>
      ) : (
        <Measures outcomes={outcomes} />
      )}
      <WhatPeopleToldUs />
      <p className="outcomes__end">
        <Button onClick={() => window.print()}>
          <Trans>Print for the board</Trans>
        </Button>
      </p>
    </>
  )
}

function Caption({ outcomes: { people, toDay } }: { outcomes: Outcomes }) {
  return (
    <>
      {people && 'count' in people ? (
        <>
          <Plural value={people.count} one="# person" other="# people" />
          {' · '}
        </>
      ) : null}
      {toDay ? (
        <>
          <Trans>
            to <DateText date={toDay} />
          </Trans>
          {' · '}
        </>
      ) : null}
      <Trans>no names on this page</Trans>
    </>
  )
}

/** Marks on the chart of this measure, from what was tried. */
const marksOf = (cycles: readonly LearningCycle[], id: string) =>
  cycles
    .filter(({ measure, mark }) => measure === id && mark !== '')
    .map(({ mark, from, tried }) => ({ mark, month: monthWritten(from), words: tried }))
    .toReversed()

function Measures({ outcomes: { measures, proposed, invented, leftOut } }: { outcomes: Outcomes }) {
  const { data } = useSuspenseQuery(learningCyclesQuery)
  return (
    <>
      <section aria-labelledby="outcomes-measures">
        <div className="outcomes__heading">
          <h2 id="outcomes-measures">
            <Plural
              value={measures.length}
              one="# measure, agreed by all partners"
              other="# measures, agreed by all partners"
            />
          </h2>
          {proposed.length > 0 ? (
            <p className="outcomes__small">
              <Plural
                value={proposed.length}
                one="# more waits for a partner"
                other="# more wait for a partner"
              />
            </p>
          ) : null}
        </div>
        <div className="outcomes__card">
          {measures.map((measure) => (
            <MeasureRow
              key={measure.id}
              measure={measure}
              marks={marksOf(data.cycles, measure.id)}
            />
          ))}
        </div>
        <HowToRead />
        <p className="outcomes__small">
          {invented ? <Trans>Practice copy: some of these results are invented.</Trans> : null}{' '}
          {leftOut && 'count' in leftOut && leftOut.count > 0 ? (
            <Plural
              value={leftOut.count}
              one="# person who said no to planning is in none of these numbers."
              other="# people who said no to planning are in none of these numbers."
            />
          ) : null}
        </p>
      </section>
      <TeamsFunnel measures={measures} />
    </>
  )
}

function HowToRead() {
  return (
    <details>
      <summary>
        <Trans>How to read these charts</Trans>
      </summary>
      <p>
        <Trans>
          Shading: where a month falls by chance, worked out from the first 12 months that can be
          shown. The line in it is their average.
        </Trans>
      </p>
      <p>
        <Trans>
          A diamond is better and a square is worse than chance explains: a month outside the
          shading, seven months that only rise or only fall, two of three near an edge, or seven in
          a row on one side of the average. A dot is chance.
        </Trans>
      </p>
      <p>
        <Trans>
          A month with too few people is left out, and shown as a dash at the foot of the chart.
          Source: the rules of Making Data Count, NHS England.
        </Trans>
      </p>
    </details>
  )
}
