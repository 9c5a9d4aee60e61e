import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ScoreEvidence } from '#domain/risk/score-parameters.ts'
import { DateText } from '#ui/text/date-text.tsx'

type ReasonsProps = Readonly<{
  caption: string
  reasons: readonly Readonly<{
    code: string
    points?: number
    /** what was counted or measured */
    value?: string
    inputs: readonly ScoreEvidence[]
  }>[]
  words: Readonly<Record<string, MessageDescriptor>>
  withPoints?: boolean
}>

/** What a score counted, each with the records and dates that show it. */
export function ScoreReasons({ caption, reasons, words, withPoints = false }: ReasonsProps) {
  const { t } = useLingui()
  if (reasons.length === 0)
    return (
      <p>
        <Trans>No conditions on the record add to this score.</Trans>
      </p>
    )
  return (
    <table className="gable-table">
      <caption className="nhsuk-u-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t`Counted`}</th>
          {withPoints && <th scope="col">{t`Points`}</th>}
          <th scope="col">{t`Reason`}</th>
        </tr>
      </thead>
      <tbody>
        {reasons.map(({ code, points, value, inputs }) => {
          const name = words[code]
          return (
            <tr key={code}>
              <th scope="row">{name ? t(name) : code}</th>
              {withPoints && <td>{points}</td>}
              <td>
                {value ? <div>{value}</div> : null}
                {inputs.map((input) => (
                  <div key={input.record}>
                    {input.display}
                    {input.code && ` · ${input.code}`}
                    {input.date ? (
                      <>
                        {' · '}
                        <DateText date={input.date} />
                      </>
                    ) : (
                      <Trans> · no date</Trans>
                    )}
                  </div>
                ))}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
