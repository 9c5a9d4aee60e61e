import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { unmetNeedsQuery } from '#client/queries/insight/unmet-needs.ts'
import type { Measure } from '#domain/case/measures.ts'
import type { UnmetNeeds } from '#domain/outcome/unmet-needs.ts'
import { InsightNav } from '#features/parts/insight/insight-nav.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { unmetKindLabels } from './unmet-kind-labels.ts'
import { WhatWasDone } from './what-was-done.tsx'

/** What nobody could give, for whoever buys and plans care. */
export function UnmetNeedsPage() {
  const { t } = useLingui()
  return (
    <div className="unmet">
      <InsightNav />
      <PageHeading title={t`Needs nobody can meet`} caption={t`No names on this page`} />
      <Suspense fallback={<Skeleton lines={8} atOnce />}>
        <Told />
      </Suspense>
    </div>
  )
}

function Told() {
  const { data } = useSuspenseQuery(unmetNeedsQuery)
  return (
    <>
      <Finding total={data.total} />
      <WhatIsMissing needs={data.needs} />
      <LeftOut leftOut={data.leftOut} />
      <WhatWasDone {...data} />
    </>
  )
}

function Finding({ total }: Readonly<{ total: Measure }>) {
  return (
    <p className="gable-page-heading__lead">
      {'count' in total ? (
        <Plural
          value={total.count}
          one="About # person waits for help that is not there."
          other="About # people wait for help that is not there."
        />
      ) : (
        <Trans>Fewer than {total.fewerThan} people wait for help that is not there.</Trans>
      )}
    </p>
  )
}

function WhatIsMissing({ needs }: Pick<UnmetNeeds, 'needs'>) {
  const { i18n } = useLingui()
  if (needs.length === 0) return null
  return (
    <section className="unmet__part">
      <h2>
        <Trans>What is missing, and where</Trans>
      </h2>
      <table className="gable-table">
        <caption className="nhsuk-u-visually-hidden">
          <Trans>What is missing, and where</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Kind</Trans>
            </th>
            <th scope="col">
              <Trans>Place</Trans>
            </th>
            <th scope="col">
              <Trans>Needs</Trans>
            </th>
            <th scope="col">
              <Trans>Since</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {needs.map(({ kind, place, count, since }) => (
            <tr key={`${kind} ${place}`}>
              <td>{i18n._(unmetKindLabels[kind])}</td>
              <td>{place || <Trans>Not known</Trans>}</td>
              <td>
                <Shown count={count} />
              </td>
              <td>{since ? <DateText date={since} /> : <Trans>Not shown</Trans>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="unmet__small">
        <Trans>
          Places are the first part of a postcode. Numbers are rounded to the nearest five. Small
          numbers are not shown, and no others from which they could be worked out.
        </Trans>
      </p>
    </section>
  )
}

function Shown({ count }: Readonly<{ count: Measure }>) {
  if ('count' in count) return count.count
  if (count.fewerThan === 0) return <Trans>Not shown</Trans>
  return <Trans>Fewer than {count.fewerThan}</Trans>
}

function LeftOut({ leftOut }: Pick<UnmetNeeds, 'leftOut'>) {
  return (
    <p className="unmet__small">
      {'count' in leftOut ? (
        <Plural
          value={leftOut.count}
          one="About # person said no to the use of their data for planning: their needs are not in these numbers."
          other="About # people said no to the use of their data for planning: their needs are not in these numbers."
        />
      ) : (
        <Trans>
          Fewer than {leftOut.fewerThan} people said no to the use of their data for planning. Their
          needs are not in these numbers.
        </Trans>
      )}
    </p>
  )
}
