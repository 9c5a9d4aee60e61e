import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type PersonAtMeeting, takeStep } from '#client/queries/meetings/meetings.ts'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { ageOn } from '#domain/calendar/age.ts'
import { AllergyWords } from '#features/parts/record/allergy-words.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { Attendance } from './attendance.tsx'
import { BroughtList } from './brought-list.tsx'
import { DecisionForm } from './decision-form.tsx'
import { DecisionList } from './decision-list.tsx'
import { KnowsOfIt } from './knows-of-it.tsx'
import { TalkClock } from './talk-clock.tsx'

type Props = Readonly<{ person: PersonAtMeeting; after: PersonAtMeeting | undefined }>

/** The person in the middle: their own question is the biggest thing; then what each brings, and what we decide. */
export function PersonTalk({ person, after }: Props) {
  const { talk, mayWrite, letter } = person
  const isOpen = talk.state === 'planned' || talk.state === 'now'
  return (
    <section aria-labelledby="meeting-person">
      <div className="meeting-person__head">
        <h2 id="meeting-person">
          <PersonName family={person.family} given={person.given} />{' '}
          <span className="gable-meta">{ageOn(person.birthDate || undefined, clockToday())}</span>
        </h2>
        <Link to={`/people/${person.id}/plan`}>
          <Trans>Open the plan</Trans>
        </Link>
      </div>
      <MeetingAllergies person={person.id} />
      <OwnQuestion person={person} />
      <KnowsOfIt person={person} />
      {mayWrite && isOpen ? <TalkClock talk={talk} /> : null}
      <Attendance talk={talk} mayWrite={mayWrite} />
      <BroughtList person={person} />
      <section aria-labelledby="meeting-decide" className="meeting-section">
        <h3 id="meeting-decide">
          <Trans>What we decide</Trans>
        </h3>
        <DecisionList decisions={talk.decisions} />
        {mayWrite && !letter && talk.state !== 'later' ? (
          <DecisionForm talk={talk} givenName={person.given} />
        ) : null}
      </section>
      {mayWrite ? <TalkEnd person={person} after={after} /> : <ReadOnly />}
    </section>
  )
}

const ReadOnly = () => (
  <p className="gable-meta">
    <Trans>You can read this. Only professionals who care for this person write here.</Trans>
  </p>
)

/** What everybody in the room must know before they decide. */
function MeetingAllergies({ person }: Readonly<{ person: string }>) {
  const { data } = useQuery(patientQuery(person))
  if (!data) return null
  return (
    <p>
      <Trans>Allergies:</Trans> <AllergyWords allergies={data.allergies} />
    </p>
  )
}

function OwnQuestion({ person: { asks, question, given } }: Readonly<{ person: PersonAtMeeting }>) {
  const own = asks.find(({ by }) => by.voice === 'person')
  const words = own?.words ?? question
  if (!words)
    return (
      <p className="gable-missing">
        <Trans>{given} has not asked anything. Ask before the meeting, if you can.</Trans>
      </p>
    )
  return (
    <div className="meeting-question">
      <Quote size="lead">{words}</Quote>
      <p className="gable-meta">
        <Trans>{given}’s question</Trans>
        {own ? (
          <>
            {', '}
            <DateText date={own.at} />
          </>
        ) : null}
      </p>
    </div>
  )
}

function TalkEnd({ person, after }: Props) {
  const { talk, given } = person
  const navigate = useNavigate()
  const saving = useSaveState()
  const step = async (kind: 'done' | 'later' | 'again') => {
    const isSaved = await saving.run(() => takeStep({ talk: talk.id, kind }))
    if (isSaved && kind !== 'again' && after)
      await navigate(`?${new URLSearchParams({ person: after.id, show: 'person' })}`)
  }
  if (talk.state === 'done' || talk.state === 'later')
    return (
      <>
        <SaveNote saving={saving} />
        <Button variant="outline" pending={saving.pending} onClick={() => step('again')}>
          <Trans>Talk about {given} again</Trans>
        </Button>
      </>
    )
  return (
    <div className="meeting-end">
      <SaveNote saving={saving} />
      {talk.state === 'now' ? (
        <Button pending={saving.pending} onClick={() => step('done')}>
          {after ? (
            <Trans>
              Done with {given}. Next: {after.given}
            </Trans>
          ) : (
            <Trans>Done with {given}</Trans>
          )}
        </Button>
      ) : null}{' '}
      <Button variant="link" onClick={() => step('later')}>
        <Trans>Needs more time: put first next time</Trans>
      </Button>
    </div>
  )
}
