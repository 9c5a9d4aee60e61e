import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useId } from 'react'
import { WideTable } from './wide-table.tsx'

/** One sentence of the argument: its words on the left, its proof on the right, and the proof as a table. */
export function Step({
  number,
  title,
  words,
  children,
  table,
}: Readonly<{
  number: number
  title: ReactNode
  words: ReactNode
  children: ReactNode
  table?: ReactNode
}>) {
  const id = useId()
  const { t } = useLingui()
  return (
    <section className="population__step" aria-labelledby={id}>
      <div className="population__words">
        <span className="population__number" aria-hidden="true">
          {number}
        </span>
        <h2 id={id}>{title}</h2>
        {words}
      </div>
      <div className="population__proof">
        {children}
        {table ? (
          <details className="population__table">
            <summary>
              <Trans>As a table</Trans>
              <span className="nhsuk-u-visually-hidden">: {title}</span>
            </summary>
            <WideTable label={t`Table ${number}`}>{table}</WideTable>
          </details>
        ) : null}
      </div>
    </section>
  )
}
