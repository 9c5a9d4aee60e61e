import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { publishedScoreCodes } from '#domain/risk/published/published-score.ts'
import type { ScoreOfToday } from '#domain/risk/score-parameters.ts'
import { UnverifiedMark } from '#features/parts/record/unverified-mark.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import {
  bandLabels,
  caveatLabels,
  missingLabels,
  partLabels,
  publishedLabels,
} from './published-labels.ts'
import { ScoreReasons } from './score-reasons.tsx'

type Published = NonNullable<ScoreOfToday['lace']>

/** Scores that others published, each in one line, and opened into its parts. */
export function PublishedScores({ score }: { score: ScoreOfToday }) {
  return (
    <Card title={<Trans>More scores, as they were published</Trans>}>
      {publishedScoreCodes.map((code) => {
        const found = score[code]
        return found ? <OneScore key={code} code={code} found={found} /> : null
      })}
    </Card>
  )
}

type One = Readonly<{ code: (typeof publishedScoreCodes)[number]; found: Published }>

function OneScore({ code, found }: One) {
  const { t, i18n } = useLingui()
  const { name, about } = publishedLabels[code]
  return (
    <details className="score__published">
      <summary>
        <b>{i18n._(name)}:</b> <Result found={found} />
      </summary>
      {found.parts.length > 0 ? (
        <ScoreReasons caption={i18n._(name)} reasons={found.parts} words={partLabels} withPoints />
      ) : null}
      <Missing found={found} />
      {code === 'parr-30' ? <UnverifiedMark what="parr-30" /> : null}
      {found.caveats.map((each) => {
        const words = caveatLabels[each]
        return words ? <p key={each}>{i18n._(words)}</p> : null
      })}
      {found.unmapped > 0 ? (
        <p>
          <Plural
            value={found.unmapped}
            one="# condition has a code that this score cannot read. It may add points."
            other="# conditions have codes that this score cannot read. They may add points."
          />
        </p>
      ) : null}
      <p className="gable-muted">
        {i18n._(about)} {t`Version: ${found.version}. Source: ${found.source}.`}
      </p>
    </details>
  )
}

/** The score and its band; a range if something is missing; in words if there is nothing to start from. */
function Result({ found }: { found: Published }) {
  const { i18n } = useLingui()
  const { score, lowest, highest, band, asOf } = found
  const word = band ? bandLabels[band] : undefined
  return (
    <span>
      {score === undefined ? <NotExact lowest={lowest} highest={highest} /> : i18n.number(score)}
      {word ? <>, {i18n._(word)}</> : null}
      {asOf ? (
        <span className="gable-meta">
          {', '}
          <DateText date={asOf} />
        </span>
      ) : null}
    </span>
  )
}

function NotExact({
  lowest,
  highest,
}: Readonly<{ lowest: number | undefined; highest: number | undefined }>) {
  const { i18n } = useLingui()
  if (lowest === undefined || highest === undefined) return <Trans>cannot be worked out</Trans>
  return (
    <Trans>
      between {i18n.number(lowest)} and {i18n.number(highest)}
    </Trans>
  )
}

function Missing({ found: { missing } }: { found: Published }) {
  const { i18n } = useLingui()
  if (missing.length === 0) return null
  return (
    <>
      <p>
        <Trans>Not on the record:</Trans>
      </p>
      <ul>
        {missing.map((each) => {
          const words = missingLabels[each]
          return <li key={each}>{words ? i18n._(words) : each}</li>
        })}
      </ul>
    </>
  )
}
