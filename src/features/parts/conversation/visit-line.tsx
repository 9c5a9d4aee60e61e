import { Trans, useLingui } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import type { Visit, VisitKind, VisitOutcome } from '#domain/preparation/visits.ts'
import type { PlainCondition } from '#domain/record/plain-condition.ts'
import { Comma } from '#features/parts/language/comma.tsx'
import { conditionWords } from '#features/parts/record/condition-words.ts'
import { TheRecordSays } from '#features/parts/record/the-record-says.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

function useKindWords(isStay: boolean): Readonly<Record<VisitKind, string>> {
  const { t } = useLingui()
  return {
    stay: isStay ? t`In hospital now` : t`In hospital`,
    emergency: t`At A&E, the emergency department`,
    gp: t`At the GP practice`,
    nurse: t`With a nurse`,
    clinic: t`At a clinic`,
    home: t`A visit at home`,
    call: t`A call by phone or video`,
    visit: t`A visit`,
  }
}

type LineProps = Readonly<{ visit: Visit; to: 'person' | 'professional' }>

/** One visit: where and when, why, and what came of it or that nobody recorded it. */
export function VisitLine({ visit, to }: LineProps) {
  const { kind, state, place, who, why, plainWhy } = visit
  const words = useKindWords(state === 'now')[kind]
  const where = [place, who].filter(Boolean).join(', ')
  return (
    <>
      <p>
        <b>{words}</b> <When visit={visit} />
        {where ? (
          <>
            {visit.at ? <Comma /> : null}
            <OwnText>{where}</OwnText>
          </>
        ) : null}
      </p>
      <NotHeld visit={visit} />
      <Why plain={plainWhy} words={why} />
      {state === 'held' ? <Outcomes outcomes={visit.outcomes} to={to} /> : null}
    </>
  )
}

type WhyProps = Readonly<{ plain: PlainCondition | undefined; words: string | undefined }>

function Why({ plain, words }: WhyProps) {
  const { i18n } = useLingui()
  const said = words && <OwnText>{words}</OwnText>
  if (!plain)
    return said ? (
      <p>
        <Trans>Why: {said}.</Trans>
      </p>
    ) : null
  const { words: plainly, means } = conditionWords[plain]
  return (
    <p>
      <Trans>Why: {i18n._(plainly)}.</Trans> {means && i18n._(means)}{' '}
      {words ? <TheRecordSays words={words} /> : null}
    </p>
  )
}

function When({ visit: { at, until, state } }: Readonly<{ visit: Visit }>) {
  if (!at) return null
  if (state === 'planned') return <DateText date={at} withTime={at.length > 10} />
  if (state === 'now')
    return (
      <Trans>
        since <DateText date={at} />
      </Trans>
    )
  if (!until || until === at) return <DateText date={at} />
  return (
    <Trans>
      <DateText date={at} /> to <DateText date={until} />
    </Trans>
  )
}

function NotHeld({ visit: { state } }: Readonly<{ visit: Visit }>) {
  if (state === 'missed')
    return (
      <StateMark state="missing">
        <Trans>It did not take place.</Trans>
      </StateMark>
    )
  if (state === 'cancelled')
    return (
      <StateMark state="missing">
        <Trans>It was cancelled.</Trans>
      </StateMark>
    )
  if (state !== 'not-said') return null
  return (
    <StateMark state="missing">
      <Trans>It is not recorded whether it took place.</Trans>
    </StateMark>
  )
}

function Outcomes({
  outcomes,
  to,
}: Readonly<{ outcomes: readonly VisitOutcome[] }> & Pick<LineProps, 'to'>) {
  const restrictionOf = useRestrictions()
  if (outcomes.length === 0)
    return (
      <p className={to === 'person' ? 'my-small' : 'gable-meta'}>
        <Trans>What came of it is not recorded here.</Trans>
      </p>
    )
  return (
    <ul className="visits__outcomes">
      {outcomes.map((outcome) => (
        <li key={outcome.id}>
          <Outcome outcome={outcome} />
          <RestrictedMark to={to} restriction={restrictionOf(outcome.id)} />
        </li>
      ))}
    </ul>
  )
}

function Outcome({ outcome: { kind, words: said, plain } }: Readonly<{ outcome: VisitOutcome }>) {
  const { i18n } = useLingui()
  const words = <OwnText>{said}</OwnText>
  switch (kind) {
    case 'found':
      return plain ? (
        <>
          <Trans>Found: {i18n._(conditionWords[plain].words)}.</Trans>{' '}
          <TheRecordSays words={said} />
        </>
      ) : (
        <Trans>Found: {words}</Trans>
      )
    case 'medicine':
      return <Trans>Medicine: {words}</Trans>
    case 'stopped':
      return <Trans>Medicine stopped: {words}</Trans>
    case 'referred':
      return <Trans>Sent to: {words}</Trans>
    case 'done':
      return <Trans>Done: {words}</Trans>
    case 'went':
      return <Trans>After it: {words}</Trans>
  }
}
