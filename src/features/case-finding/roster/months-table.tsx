import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Roster } from '#domain/roster/roster-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

const fewMonths = 4

/** The months up to the day, the newest first. */
export function MonthsTable({ roster }: { roster: Roster }) {
  const { t } = useLingui()
  const [isWhole, setWhole] = useState(false)
  const columns = [
    ['people', t`On the list at the end`],
    ['joined', t`Joined`],
    ['left', t`Left`],
    ['moved', t`of these moved`],
    ['died', t`of these died`],
    ['saidNo', t`Said no to something`],
  ] as const
  const months = roster.months.toReversed()
  const shown = isWhole ? months : months.slice(0, fewMonths)
  return (
    <>
      <WideTable label={t`The registered list month by month`}>
        <table className="gable-table roster__months">
          <thead>
            <tr>
              <th scope="col">{t`Month`}</th>
              {columns.map(([name, title]) => (
                <th key={name} scope="col" className="gable-number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((month) => (
              <tr key={month.month}>
                <th scope="row">
                  <DateText date={month.month} />
                </th>
                {columns.map(([name]) => (
                  <td key={name} className="gable-number">
                    <Count of={month[name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideTable>
      {isWhole ? null : (
        <Button variant="link" onClick={() => setWhole(true)}>
          <Trans>Show all {months.length} months</Trans>
        </Button>
      )}
    </>
  )
}
