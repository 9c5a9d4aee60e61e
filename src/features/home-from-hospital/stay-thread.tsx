import { Trans, useLingui } from '@lingui/react/macro'
import type { ThreadMark } from '#domain/discharge/stay-thread.ts'
import { ByMoment } from '#features/parts/by-moment.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { markLabels, markShapes } from './labels.ts'

/** The way home as a thread: solid behind us, dashed before us. On a phone it is a list. */
export function StayThread({ marks }: { marks: readonly ThreadMark[] }) {
  const { t, i18n } = useLingui()
  const here = marks.findIndex(({ kind }) => kind === 'now')
  return (
    <ol className="stay-thread" aria-label={t`From the ward to the thirtieth day at home`}>
      {marks.map((mark, place) => (
        <li
          key={`${mark.kind}-${mark.at}-${mark.of ?? ''}`}
          className={place < here ? 'stay-thread__stop is-behind' : 'stay-thread__stop'}
          aria-current={mark.kind === 'now' ? 'step' : undefined}
        >
          <StateMark state={markShapes[mark.state]}>{i18n._(markLabels[mark.kind])}</StateMark>
          <span className="gable-meta">
            <MarkTime mark={mark} />
            {mark.by ? `, ${mark.by}` : null}
          </span>
        </li>
      ))}
    </ol>
  )
}

function MarkTime({ mark: { kind, at } }: { mark: ThreadMark }) {
  if (at === '') return <Trans>Nobody has said</Trans>
  if (kind === 'contact-by') return <ByMoment at={at} />
  return <DateText date={at} withTime={at.length > 10} />
}
