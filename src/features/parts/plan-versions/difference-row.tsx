import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useId } from 'react'
import type { ShownDifference } from '#client/queries/versions/plan-history.ts'
import { differenceAuthor } from '#domain/plan/versions/compare-plans.ts'
import type { PlanSentence } from '#domain/plan/versions/plan-sentences.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { ChangedPhrase, ChangedPhrases } from './changed-phrases.tsx'
import { RowAuthor } from './row-author.tsx'
import { endLabels, sentenceLabels } from './sentence-labels.ts'
import { useMomentText, useNameOf, type VersionReader } from './version-reader.ts'

type RowProps = Readonly<{
  reader: VersionReader
  difference: ShownDifference
  /** where it was agreed, as a mark */
  agreed: ReactNode
  isNew: boolean
  /** the version that it came with: the service noted who wrote it, and when */
  made: PlanVersion | undefined
}>

/** One change: what it is, the words then and now, who wrote them, and whether the person said yes. */
export function DifferenceRow({ reader, difference, agreed, isNew, made }: RowProps) {
  const { i18n } = useLingui()
  const titleId = useId()
  return (
    <li className="plan-diff" aria-labelledby={titleId}>
      <div className="plan-diff__kind">
        <ChangeMark change={difference.change} />
        <p className="gable-meta" id={titleId}>
          {i18n._(sentenceLabels[difference.kind])}
        </p>
        {isNew ? (
          <StateMark state="new">
            <Trans>New to you</Trans>
          </StateMark>
        ) : null}
      </div>
      <div className="plan-diff__cell">
        <span className="plan-diff__when">
          <Trans>Then</Trans>
        </span>
        <Then difference={difference} />
      </div>
      <div className="plan-diff__cell">
        <span className="plan-diff__when">
          <Trans>Now</Trans>
        </span>
        <Now difference={difference} />
      </div>
      <div className="plan-diff__who">
        <WroteIt reader={reader} difference={difference} made={made} />
        <div>{agreed}</div>
      </div>
    </li>
  )
}

const shapes = {
  added: <path d="M5 9h8M9 5v8" stroke="#fff" strokeWidth="2" />,
  ended: <path d="M5 9h8" stroke="currentColor" strokeWidth="2" />,
  changed: <path d="M2 6h11l-3-3M16 12H5l3 3" stroke="currentColor" strokeWidth="2" fill="none" />,
} as const

function ChangeMark({ change }: Pick<ShownDifference, 'change'>) {
  const { t } = useLingui()
  const words = { added: t`Added`, changed: t`Changed`, ended: t`Ended` }
  return (
    <span className={`plan-diff__mark is-${change}`}>
      <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        {change === 'changed' ? null : (
          <rect
            {...{ x: 1, y: 1, width: 16, height: 16, rx: 3, strokeWidth: 1.5 }}
            stroke="currentColor"
            fill={change === 'added' ? 'currentColor' : 'none'}
          />
        )}
        {shapes[change]}
      </svg>
      <span>{words[change]}</span>
    </span>
  )
}

function Then({ difference: { before, spans = [] } }: Pick<RowProps, 'difference'>) {
  if (!before)
    return (
      <p className="plan-diff__nothing">
        <Trans>Nothing was said about this</Trans>
      </p>
    )
  return (
    <Voiced sentence={before} isOld>
      {spans.length === 0 ? before.words : <ChangedPhrases spans={spans} without="added" />}
    </Voiced>
  )
}

function Now({ difference: { change, after, ended, spans = [] } }: Pick<RowProps, 'difference'>) {
  const { i18n } = useLingui()
  if (change === 'ended') return <p>{ended ? i18n._(endLabels[ended]) : null}</p>
  if (!after) return null
  return (
    <Voiced sentence={after}>
      {spans.length === 0 ? (
        <ChangedPhrase text={after.words} />
      ) : (
        <ChangedPhrases spans={spans} without="removed" />
      )}
    </Voiced>
  )
}

/** Only the person’s own words are behind the bar. */
function Voiced({
  sentence,
  isOld = false,
  children,
}: Readonly<{ sentence: PlanSentence; isOld?: boolean; children: ReactNode }>) {
  const voice = sentence.by?.voice === 'person' ? 'is-own' : ''
  return <p className={`plan-diff__words ${voice} ${isOld ? 'is-old' : ''}`}>{children}</p>
}

/** Whose words they are; of any other sentence the one who wrote it last, as the service noted. */
function writerOf({ difference, made }: Pick<RowProps, 'difference' | 'made'>) {
  const said = differenceAuthor(difference)
  if (!made?.by || (said && said.voice !== 'professional')) return said
  return { ...made.by, voice: 'professional' as const }
}

function WroteIt({ reader, difference, made }: Pick<RowProps, 'reader' | 'difference' | 'made'>) {
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  const by = writerOf({ difference, made })
  const { helper, at = made?.at } = difference.after ?? {}
  if (!by) return null
  const name = nameOf(by)
  const helped = helper && helper.reference !== by.reference ? nameOf(helper) : ''
  return (
    <RowAuthor
      {...{ name, voice: by.voice }}
      title={by.voice === 'person' ? <Trans>{name}, own words</Trans> : name}
    >
      {at ? <bdi>{moment(at)}</bdi> : null}
      {at && helped ? ', ' : null}
      {helped ? <Trans>{helped} helped to write it</Trans> : null}
    </RowAuthor>
  )
}
