import { useLingui } from '@lingui/react/macro'
import type { Roster } from '#domain/roster/roster-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** The months up to the day, the newest first. */
export function MonthsTable({ roster }: { roster: Roster }) {
  const { t } = useLingui()
  const columns = [
    ['people', t`On the list at the end`],
    ['joined', t`Joined`],
    ['left', t`Left`],
    ['moved', t`of these moved`],
    ['died', t`of these died`],
    ['saidNo', t`Said no to something`],
  ] as const
  return (
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
          {roster.months.toReversed().map((month) => (
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
  )
}
