import { Trans } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { RecordedResult } from '#domain/record/recorded-result.ts'
import { ResultText, type WhoseResults } from '#features/parts/record/result-text.tsx'
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
  const { plain, before, at, by } = result
  return (
    <li className="my-card record-entry">
      <p>
        <ResultText result={result} ofName={ofName} />
      </p>
      {plain?.means ? <p>{plain.means}</p> : null}
      {before ? <Before before={before} /> : null}
      <p className="my-small">
        {plain ? (
          <Trans>The record says: {result.coded}.</Trans>
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
  return (
    <p>
      <Trans>It was {before.value} before</Trans>
      {before.at ? (
        <>
          , <DateText date={before.at} />
        </>
      ) : null}
      .
    </p>
  )
}
