import type { I18n } from '@lingui/core'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import { clockToday, clockZone } from '#client/clock.ts'
import type { PersonAtMeeting } from '#client/queries/meetings/meetings.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { hourMinutesIn } from '#domain/calendar/zone.ts'
import type { AgendaKind } from '#domain/meeting/agenda.ts'
import type { TeamTalk } from '#domain/meeting/team-talk.ts'
import type { Voice } from '#domain/plan/plan.ts'
import { PersonName } from '#ui/text/person-name.tsx'
import { agendaLabels } from './labels.ts'
import { TimeLeft } from './talk-clock.tsx'

const minute = 60_000

/** When each person’s turn begins, if everybody takes the minutes that were planned. */
function turns(people: readonly PersonAtMeeting[]): readonly string[] {
  let at = Date.parse(people[0]?.talk.start ?? '')
  return people.map(({ talk }) => {
    const shown = hourMinutesIn(clockZone(), at)
    at += talk.minutes * minute
    return shown
  })
}

/** Whom we talk about, in order, why, and how far we are. */
export function AgendaList({
  people,
  chosen,
}: Readonly<{ people: readonly PersonAtMeeting[]; chosen: string }>) {
  const { t, i18n } = useLingui()
  const at = turns(people)
  return (
    <nav aria-label={t`Agenda`}>
      <h2>
        <Trans>Agenda</Trans>
      </h2>
      <ol className="meeting-agenda">
        {people.map(({ id, family, given, birthDate, talk, asks }, place) => (
          <li key={id} className={id === chosen ? 'is-chosen' : ''}>
            <span className="meeting-agenda__at">{at[place]}</span>
            <div>
              <Link
                to={`?${new URLSearchParams({ person: id, show: 'person' })}`}
                aria-current={id === chosen ? 'true' : undefined}
              >
                <PersonName {...{ family, given }} />
              </Link>{' '}
              <span className="gable-meta">{ageOn(birthDate || undefined, clockToday())}</span>
              {talk.why ? <p>{whyWords(i18n, talk.why, asks)}</p> : null}
              <HowFar talk={talk} />
            </div>
          </li>
        ))}
      </ol>
    </nav>
  )
}

const askers: Partial<Record<AgendaKind, Voice>> = {
  'own-question': 'person',
  'asked-by-carer': 'carer',
  asked: 'professional',
}

/** Why, in one line: the rule, or who asks and their words, if the reader may read them. */
function whyWords(i18n: I18n, kind: AgendaKind, asks: PersonAtMeeting['asks']): string {
  const ask = asks.find(({ by }) => by.voice === askers[kind])
  return `${i18n._(agendaLabels[kind])}${ask ? ` (${ask.by.name}): “${ask.words}”` : ''}`
}

function HowFar({ talk }: Readonly<{ talk: TeamTalk }>) {
  const count = talk.decisions.length
  const decided = <Plural value={count} one="# decision" other="# decisions" />
  switch (talk.state) {
    case 'now':
      return (
        <p className="meeting-agenda__now">
          <Trans>Now</Trans>, <TimeLeft talk={talk} />
        </p>
      )
    case 'done':
      return (
        <p className="meeting-agenda__done">
          <Trans>Done</Trans>, {decided}
        </p>
      )
    case 'later':
      return (
        <p className="gable-meta">
          <Trans>First next time</Trans>
        </p>
      )
    default:
      return count > 0 ? <p className="gable-meta">{decided}</p> : null
  }
}
