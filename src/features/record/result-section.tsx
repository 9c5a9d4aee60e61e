import { Trans, useLingui } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { RecordedResult } from '#domain/record/recorded-result.ts'
import { ResultText, type WhoseResults } from '#features/parts/record/result-text.tsx'
import { resultWords } from '#features/parts/record/result-words.ts'
import { TheRecordSays } from '#features/parts/record/the-record-says.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{ results: readonly RecordedResult[]; ofName: string | undefined }>

/** The latest of each test and reading, newest first, with the one before. */
export function ResultSection({ results, ofName }: Props) {
  if (results.length === 0) return null
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title">
        <Trans>Results</Trans>
      </h2>
      <ul className="my-list">
        {results.map((result) => (
          <ResultEntry key={result.id} result={result} ofName={ofName} />
        ))}
      </ul>
    </section>
  )
}

function ResultEntry({ result, ofName }: WhoseResults & { result: RecordedResult }) {
  const restrictionOf = useRestrictions()
  const { i18n } = useLingui()
  const { before, at, by } = result
  const plain = result.plain && resultWords[result.plain]
  return (
    <li className="my-card record-entry">
      <p>
        <ResultText result={result} ofName={ofName} />
      </p>
      {plain?.means ? <p>{i18n._(plain.means)}</p> : null}
      {before ? <Before before={before} /> : null}
      <p className="my-small">
        {plain ? (
          <TheRecordSays words={result.coded} />
        ) : (
          <Trans>There is no plain word for this yet.</Trans>
        )}{' '}
        {at ? <DateText date={at} /> : null} {by ? <Trans>From {by}.</Trans> : null}
      </p>
      <RestrictedMark to="person" restriction={restrictionOf(result.id)} />
    </li>
  )
}

function Before({ before }: { before: NonNullable<RecordedResult['before']> }) {
  const value = <bdi dir="ltr">{before.value}</bdi>
  return (
    <p>
      {before.at ? (
        <Trans>
          It was {value} before, on <DateText date={before.at} />.
        </Trans>
      ) : (
        <Trans>It was {value} before.</Trans>
      )}
    </p>
  )
}
