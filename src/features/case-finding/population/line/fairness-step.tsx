import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { Step } from '#features/case-finding/population/step.tsx'
import { ComparedGroups, ComparedTable } from './compared-groups.tsx'
import { comparedGroupLabels } from './compared-labels.ts'

/** Is that fair? Those above the line against all who could be there. */
export function FairnessStep({ population }: { population: Population }) {
  const { compared, selected, eligible, rounded } = population
  const words = {
    found: <Trans>above the line</Trans>,
    among: <Trans>of all who could be</Trans>,
    caption: <Trans>People above the line against all who could be</Trans>,
  }
  const isCompared = selected > 0 && compared.length > 0
  const told = compared.filter(({ verdict }) => verdict !== 'hidden' && verdict !== 'withheld')
  return (
    <Step
      number={4}
      title={<Trans>Is that fair?</Trans>}
      words={
        <>
          <p>
            <Plural
              value={selected}
              one="The # person above the line"
              other="The # people above the line"
            />{' '}
            <Trans>
              against all <Count of={eligible} /> who could have been.
            </Trans>{' '}
            {isCompared ? (
              <Trans>The bar is how far chance alone could move the diamond.</Trans>
            ) : null}
          </p>
          <WorthAsking compared={compared} />
          {told.length > 0 ? (
            <p className="population__meta">
              <Trans>
                These are {told.length} comparisons. In about one of twenty, chance alone puts the
                circle outside the bar.
              </Trans>
            </p>
          ) : null}
          <p className="population__meta">
            <Trans>A chance cannot see what nobody wrote down.</Trans>{' '}
            {rounded ? null : <Trans>Move the line in step 3 to see this change.</Trans>}
          </p>
        </>
      }
      table={isCompared ? <ComparedTable rows={compared} {...words} /> : undefined}
    >
      <div className="gable-card population-fair">
        {isCompared ? (
          <>
            <p className="population__meta">
              <span
                className="population-fair__key population-fair__key--diamond"
                aria-hidden="true"
              />
              <Trans>above the line, with its range.</Trans>{' '}
              <span
                className="population-fair__key population-fair__key--circle"
                aria-hidden="true"
              />
              <Trans>among all who could be. From 0 to 100%.</Trans>
            </p>
            <ComparedGroups rows={compared} {...words} />
            <HiddenNumbers population={population} />
          </>
        ) : (
          <p>
            <NothingCompared population={population} />
          </p>
        )}
      </div>
    </Step>
  )
}

function NothingCompared({ population: { compared, rounded } }: { population: Population }) {
  if (rounded && compared.length === 0)
    return (
      <Trans>
        You are trying this line. With rounded numbers, groups are compared only at the line of your
        free places: lines tried one after the other would tell a number under five.
      </Trans>
    )
  return rounded ? (
    <Trans>Nobody is above the line, so nothing can be compared. Enter places in step 3.</Trans>
  ) : (
    <Trans>
      Nobody is above the line, so nothing can be compared. Enter places in step 3, or try some.
    </Trans>
  )
}

/** What is not shown here, why, and when more can be. */
function HiddenNumbers({ population: { compared, rounded } }: { population: Population }) {
  const isHidden = compared.some(({ verdict }) => verdict === 'hidden' || verdict === 'withheld')
  if (!rounded || !isHidden) return null
  return (
    <p className="population__meta">
      <Trans>
        No number under five is shown: it could tell who somebody is. The more people are above the
        line, the more can be shown.
      </Trans>
    </p>
  )
}

/** The first group that has fewer than expected, and what the chance may not have seen. */
function WorthAsking({ compared }: Pick<Population, 'compared'>) {
  const { t } = useLingui()
  const fewer = compared.find(({ verdict }) => verdict === 'fewer')
  if (!fewer) return null
  const label = comparedGroupLabels[fewer.by][fewer.of]
  return (
    <p>
      <b>
        <Trans>Worth asking:</Trans>
      </b>{' '}
      <Trans>
        “{label ? t(label) : fewer.of}” has fewer people above the line than expected.{' '}
        <Count of={fewer.unseen} /> of the <Count of={fewer.eligible} /> who could have been chosen
        had no contact for a year.
      </Trans>
    </p>
  )
}
