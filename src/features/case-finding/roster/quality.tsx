import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dataQualityQuery } from '#client/queries/monitoring/roster.ts'
import type { Measure } from '#domain/case/measures.ts'
import { shownShare } from '#domain/population/shown-counts.ts'
import {
  type DataQuality,
  oldAfterYears,
  type QualityGap,
  qualityGaps,
} from '#domain/roster/data-quality.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Source = DataQuality['sources'][number]

/** What the records lack, for each source: counted only when somebody asks. */
export function Quality() {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="gable-section" aria-label={t`How good the data is`}>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <Trans>How good the data is, source by source</Trans>
        </summary>
        {isOpen ? <Table /> : null}
      </details>
    </section>
  )
}

function Table() {
  const { t } = useLingui()
  const { data, isError } = useQuery(dataQualityQuery)
  const titles = useGapTitles()
  if (isError)
    return (
      <EmptyState title={t`Not counted`}>
        <Trans>We could not reach the service. Open this again.</Trans>
      </EmptyState>
    )
  if (!data) return <Skeleton lines={8} />
  const { sources, rounded } = data
  return (
    <>
      <p>
        <Trans>
          Of the people whom you can see, alive and with a record in use. A share is of the people
          of that source.
        </Trans>
        {rounded ? (
          <>
            {' '}
            <Trans>Rounded to the nearest five, without people who said no to planning.</Trans>
          </>
        ) : null}
      </p>
      <WideTable label={t`What records lack, for each source`}>
        <table className="gable-table roster__quality">
          <thead>
            <tr>
              <th scope="col">{t`What`}</th>
              {sources.map((source) => (
                <th key={keyOf(source)} scope="col" className="gable-number">
                  <SourceName source={source} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{t`People`}</th>
              {sources.map((source) => (
                <td key={keyOf(source)} className="gable-number">
                  <Count of={source.people} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">{t`Records about people, and the last of them`}</th>
              {sources.map((source) => (
                <td key={keyOf(source)} className="gable-number">
                  {source.records ? <Count of={source.records} /> : null}
                  {source.last ? (
                    <>
                      {' · '}
                      <DateText date={source.last} />
                    </>
                  ) : null}
                </td>
              ))}
            </tr>
            {qualityGaps.map((gap) => (
              <tr key={gap}>
                <th scope="row">{titles[gap]}</th>
                {sources.map((source) => (
                  <td key={keyOf(source)} className="gable-number">
                    <Gap source={source} gap={gap} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
    </>
  )
}

const keyOf = ({ kind, system = '', organisation = '' }: Source) =>
  `${kind} ${system} ${organisation}`

function useGapTitles(): Readonly<Record<QualityGap, string>> {
  const { t } = useLingui()
  return {
    noNumber: t`No NHS number`,
    uncheckedNumber: t`NHS number whose check digit is wrong`,
    noBirthDate: t`No date of birth`,
    noSex: t`No sex`,
    noAddress: t`No address`,
    noPhone: t`No phone number or email`,
    noEthnicity: t`No ethnicity, or “not stated”`,
    noLanguage: t`No language`,
    noPractice: t`No practice`,
    noCodes: t`No coded condition, medicine or stay`,
    unmapped: t`Has codes that no score knows`,
    old: t`Record not written for ${oldAfterYears} years`,
  }
}

function SourceName({ source: { kind, system, organisation } }: { source: Source }) {
  return (
    <>
      {kind === 'here' ? (
        <Trans>Written or corrected here</Trans>
      ) : kind === 'file' ? (
        <Trans>As a file brought it</Trans>
      ) : kind === 'other' ? (
        <Trans>Other sources</Trans>
      ) : (
        <bdi>{system}</bdi>
      )}
      {organisation ? (
        <>
          {' · '}
          <bdi>{organisation}</bdi>
        </>
      ) : null}
    </>
  )
}

function Gap({ source, gap }: Readonly<{ source: Source; gap: QualityGap }>) {
  const none: Measure = { count: 0 }
  const people = source.gaps.find((each) => each.gap === gap)?.people ?? none
  const share = shownShare(people, source.people)
  const isSome = 'count' in people && people.count > 0
  return (
    <>
      <Count of={people} />
      {isSome && share ? ` (${share}%)` : null}
    </>
  )
}
