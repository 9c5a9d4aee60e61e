import { useLingui } from '@lingui/react/macro'
import type { TypeCount } from '#domain/import/tally.ts'

/** Records by type. A column that holds nothing but noughts is left out, save what is new and what was refused. */
export function ImportCounts({ counts }: { counts: readonly TypeCount[] }) {
  const { t } = useLingui()
  const all = [
    ['created', t`New`],
    ['updated', t`Updated`],
    ['unchanged', t`Already here, unchanged`],
    ['keptOurs', t`Kept as corrected here`],
    ['refused', t`Refused`],
  ] as const
  const always: readonly string[] = ['created', 'refused']
  const columns = all.filter(
    ([name]) => always.includes(name) || counts.some((each) => each[name] > 0),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard
    <section className="import-scroll" tabIndex={0} aria-label={t`Records by type`}>
      <table className="gable-table import-counts">
        <thead>
          <tr>
            <th scope="col">{t`Type of record`}</th>
            {columns.map(([name, title]) => (
              <th key={name} scope="col" className="gable-number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.type}>
              <th scope="row">{count.type === 'unknown' ? t`Not a record` : count.type}</th>
              {columns.map(([name]) => (
                <td key={name} className="gable-number">
                  {count[name]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
