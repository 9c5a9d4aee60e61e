import { Trans } from '@lingui/react/macro'
import type { Score } from '#domain/assessment/score.ts'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{ score: Extract<Score, { state: 'complete' }> }>

/** What a total is made of, where the rule says so. */
export function PartsWords({ score: { parts = [] } }: Props) {
  if (parts.length === 0) return null
  return (
    <dl className="assess-parts">
      {parts.map(({ code, value }) => (
        <div key={code.code}>
          <dt>{code.display}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A score from a licensed form: which version, when, and by whom. */
export function TakenWords({ score: { taken } }: Props) {
  if (!taken) return null
  const { version, day, by } = taken
  return (
    <Trans>
      Taken from the licensed form, version {version}, on {day ? <DateText date={day} /> : null} by{' '}
      <bdi>{by}</bdi>.
    </Trans>
  )
}

/** How words and contact are suited to a result. */
export function SuitedWords({ words }: { words: readonly string[] | undefined }) {
  if (!words) return null
  return (
    <>
      <p>
        <strong>
          <Trans>Words and contact that suit this (our own suggestions):</Trans>
        </strong>
      </p>
      <ul>
        {words.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  )
}
