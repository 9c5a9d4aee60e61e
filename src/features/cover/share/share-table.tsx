import { Plural, Trans } from '@lingui/react/macro'
import { type Caseload, inputWeights, weightInputs } from '#domain/cover/caseload-weight.ts'
import type { Shared } from '#domain/cover/shared-answer.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { InputWords } from './weight-words.tsx'

type Props = Readonly<{
  colleagues: Shared['colleagues']
  after: readonly Caseload[]
  /** somebody is chosen: what it would be is shown beside what it is */
  isChanged: boolean
}>

/** The caseload of each colleague in people and weight, now and after what is chosen. */
export function ShareTable({ colleagues, after, isChanged }: Props) {
  return (
    <>
      <table className="nhsuk-table cover-table">
        <caption className="nhsuk-table__caption">
          <Trans>People and weight of each caseload</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Colleague</Trans>
            </th>
            <th scope="col">
              <Trans>Now</Trans>
            </th>
            <th scope="col">
              <Trans>Afterwards</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {colleagues.map(({ who, people, weight, awayUntil }, place) => {
            const then = after[place]
            const isOther = isChanged && then && (then.people !== people || then.weight !== weight)
            return (
              <tr key={who.reference}>
                <th scope="row">
                  {who.name}
                  {awayUntil ? (
                    <span className="gable-meta">
                      {' '}
                      <Trans>
                        away until <DateText date={awayUntil} />
                      </Trans>
                    </span>
                  ) : null}
                </th>
                <td>
                  <Numbers people={people} weight={weight} />
                </td>
                <td>
                  {isOther ? (
                    <strong>
                      <Numbers people={then.people} weight={then.weight} />
                    </strong>
                  ) : (
                    <Trans>the same</Trans>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <details>
        <summary>
          <Trans>What counts</Trans>
        </summary>
        <ul>
          <li>
            <Trans>Each person: 1</Trans>
          </li>
          {weightInputs.map((input) => (
            <li key={input}>
              <InputWords input={input} />: {inputWeights[input]}
            </li>
          ))}
        </ul>
        <UnverifiedMark what="caseload-weight" />
      </details>
    </>
  )
}

const Numbers = ({ people, weight }: Readonly<{ people: number; weight: number }>) => (
  <Trans>
    <Plural value={people} one="# person" other="# people" />, weight {weight}
  </Trans>
)
