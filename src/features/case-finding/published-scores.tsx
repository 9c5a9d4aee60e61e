import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { kindsOfScore } from '#domain/risk/published/part-kinds.ts'
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
import { ScoreParts } from './score-parts.tsx'
import { ScoreSources } from './score-sources.tsx'

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
        <b>{i18n._(name)}:</b> <Result found={found} isChance={code === 'parr-30'} />
      </summary>
      {found.parts.length > 0 ? (
        <ScoreParts
          {...{ kinds: kindsOfScore[code], parts: found.parts, words: partLabels }}
          withPoints={code !== 'parr-30'}
        />
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
      <p className="gable-muted">{i18n._(about)}</p>
      <ScoreSources caption={i18n._(name)} reasons={found.parts} words={partLabels} withPoints>
        <p className="gable-muted">{t`Version: ${found.version}. Source: ${found.source}.`}</p>
      </ScoreSources>
    </details>
  )
}

/** The score and its band; a range if something is missing; in words if there is nothing to start from. */
type Shown = Readonly<{ found: Published; isChance: boolean }>

/** A chance is also said in people, as nobody reads 0.136. */
function Result({ found, isChance }: Shown) {
  const { i18n } = useLingui()
  const inHundred = useInHundred()
  const { score, band, asOf, unmapped } = found
  // codes that could not be read may add points: nobody is called low on what is not known
  const word = band && !(band === 'low' && unmapped > 0) ? bandLabels[band] : undefined
  return (
    <span>
      {score === undefined ? <NotExact {...{ found, isChance }} /> : i18n.number(score)}
      {score !== undefined && isChance ? <>, {inHundred(score)}</> : null}
      {word ? <>, {i18n._(word)}</> : null}
      {score !== undefined && unmapped > 0 ? <Trans>, not complete</Trans> : null}
      {asOf ? (
        <span className="gable-meta">
          {', '}
          <DateText date={asOf} />
        </span>
      ) : null}
    </span>
  )
}

function useInHundred() {
  const { t } = useLingui()
  return (chance: number) => {
    const count = Math.round(chance * 100)
    return count === 0 ? t`fewer than 1 in 100` : t`${count} in 100`
  }
}

function NotExact({ found: { lowest, highest, missing }, isChance }: Shown) {
  const { i18n } = useLingui()
  const named = useMissing()
  const inHundred = useInHundred()
  if (lowest === undefined || highest === undefined)
    return (
      <>
        <Trans>cannot be worked out</Trans>
        {missing.length > 0 ? (
          <Trans>, not on the record: {missing.map(named).join(', ')}</Trans>
        ) : null}
      </>
    )
  return (
    <>
      <Trans>
        between {i18n.number(lowest)} and {i18n.number(highest)}
      </Trans>
      {isChance ? (
        <>
          {', '}
          <Trans>
            from {inHundred(lowest)} to {inHundred(highest)}
          </Trans>
        </>
      ) : null}
    </>
  )
}

function useMissing() {
  const { i18n } = useLingui()
  return (code: string) => {
    const words = missingLabels[code]
    return words ? i18n._(words) : code
  }
}

function Missing({ found: { missing } }: { found: Published }) {
  const named = useMissing()
  if (missing.length === 0) return null
  return (
    <>
      <p>
        <Trans>Not on the record:</Trans>
      </p>
      <ul>
        {missing.map((each) => (
          <li key={each}>{named(each)}</li>
        ))}
      </ul>
    </>
  )
}
