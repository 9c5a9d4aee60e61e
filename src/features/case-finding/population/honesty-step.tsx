import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { Population } from '#domain/population/population-parameters.ts'
import { Count, PercentText } from './count.tsx'
import { Step } from './step.tsx'
import { WideTable } from './wide-table.tsx'

/** How well the chance was counted: expected against observed, and whom the line would have found. */
export function HonestyStep({ population }: { population: Population }) {
  const { calibration, found, ofAll, chosen } = population
  return (
    <Step
      number={6}
      title={<Trans>How far can we trust this?</Trans>}
      words={
        <>
          {found === undefined || ofAll === undefined || !chosen ? (
            <p>
              <Trans>
                So few people would have been chosen that nothing can be said about them.
              </Trans>
            </p>
          ) : (
            <p>
              <Trans>
                Had we chosen <Count of={chosen} /> people by the chance a year ago,{' '}
                <PercentText of={found} /> of them would have had an emergency stay in the year
                since. They were <PercentText of={ofAll} /> of all who had one.
              </Trans>{' '}
              {ofAll < 50 ? (
                <Trans>Most people with a stay would not have been chosen.</Trans>
              ) : null}
            </p>
          )}
          <p className="population__meta">
            <Trans>
              Each chance was counted in one half of our people and tried on the other half, so that
              nobody’s own year is in their own chance. It is the same year, people who are alive,
              and coarser groups: it does not show that next year will be the same. It says what
              happened, not what help would change.
            </Trans>
          </p>
        </>
      }
    >
      <div className="gable-card">
        {calibration.length > 0 ? (
          <Calibration calibration={calibration} />
        ) : (
          <p>
            <Trans>No chance could be counted a year ago: too few people were alike.</Trans>
          </p>
        )}
      </div>
    </Step>
  )
}

function Calibration({ calibration }: Pick<Population, 'calibration'>) {
  const { t } = useLingui()
  return (
    <WideTable label={t`Expected and observed`}>
      <table className="gable-table population-honest">
        <caption>
          <Trans>Emergency stays expected and observed, of 100 people</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t`Chance a year ago`}</th>
            <th scope="col">{t`People`}</th>
            <th scope="col">{t`Expected`}</th>
            <th scope="col">{t`Observed`}</th>
            <th scope="col">{t`In words`}</th>
          </tr>
        </thead>
        <tbody>
          {calibration.map(({ from, to, people, expected, observed, low, high }) => (
            <tr key={from}>
              <th scope="row">
                <Trans>
                  {from} to {to}
                </Trans>
              </th>
              <td>
                <Count of={people} />
              </td>
              <td>{inHundred(expected)}</td>
              <td>
                {inHundred(observed)}
                {low === undefined || high === undefined
                  ? null
                  : ` (${Math.round(low)}–${Math.round(high)})`}
              </td>
              <td>
                <Agrees {...{ expected, low, high }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}

type Ends = Readonly<Record<'expected' | 'low' | 'high', number | undefined>>

function Agrees({ expected, low, high }: Ends) {
  if (expected === undefined || low === undefined || high === undefined)
    return <Trans>Too few to tell</Trans>
  if (expected < low) return <Trans>More stays than expected</Trans>
  return expected > high ? <Trans>Fewer stays than expected</Trans> : <Trans>As expected</Trans>
}

const inHundred = (share: number | undefined) =>
  share === undefined ? (
    <Trans>not shown</Trans>
  ) : (
    <Plural value={Math.round(share)} one="#" other="#" />
  )
