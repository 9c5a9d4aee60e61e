import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import { clockZone, now } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { cancelVisit, moveVisit, orderVisits, tellOfVisit } from '#client/queries/diary/diary.ts'
import { dayOf, hourMinutesIn } from '#domain/calendar/zone.ts'
import { areaOf, type DiaryVisit, isToTell } from '#domain/diary/diary-visit.ts'
import { visitTimes } from '#domain/diary/visit-times.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { timeFaults } from './time-faults.ts'

type Props = Readonly<{
  visit: DiaryVisit
  /** the visits of the day, in their order */
  day: readonly DiaryVisit[]
  place: number
}>

/** One visit: when, who, where, and what can be done with it. */
export function VisitCard({ visit, day, place }: Props) {
  const { start, end, person, personName, kind, place: where, state } = visit
  const time = (at: string) => hourMinutesIn(clockZone(), Date.parse(at))
  const area = areaOf(where)
  return (
    <li className={state === 'cancelled' ? 'diary-visit is-cancelled' : 'diary-visit'}>
      <h3>
        <bdi>
          {time(start)}–{time(end)}
        </bdi>{' '}
        <Link to={`/people/${person}/plan`}>{personName}</Link>
      </h3>
      <p>
        {kind === 'diary-call' ? <Trans>Telephone call</Trans> : <Trans>Visit</Trans>}
        {where ? `, ${where}` : null}
        {area ? <span className="gable-meta"> {area}</span> : null}
      </p>
      <VisitState visit={visit} />
      {state === 'booked' ? <VisitActs visit={visit} day={day} place={place} /> : null}
    </li>
  )
}

function VisitState({ visit }: { visit: DiaryVisit }) {
  const { state, movedFrom, reason, told, personName } = visit
  return (
    <>
      {state === 'cancelled' ? (
        <StateMark state="failed">
          <Trans>Cancelled: {reason}</Trans>
        </StateMark>
      ) : movedFrom ? (
        <StateMark state="due">
          <Trans>
            Moved from <DateText date={movedFrom} withTime />: {reason}
          </Trans>
        </StateMark>
      ) : null}
      {told ? (
        <p className="gable-meta">
          <Trans>
            Told: {told.who}, <DateText date={told.at} withTime />
          </Trans>
        </p>
      ) : null}
      {isToTell(visit) ? (
        <div>
          <StateMark state="due">
            <Trans>Nobody has told {personName} yet</Trans>
          </StateMark>{' '}
          <ReasonButton
            draft={`told-${visit.id}`}
            verb={<Trans>Write down who was told</Trans>}
            title={<Trans>Who was told, and how?</Trans>}
            label={<Trans>For example: her son, by telephone</Trans>}
            run={(words) => tellOfVisit(visit, words)}
            done={() => toast(<Trans>Saved.</Trans>)}
          />
        </div>
      ) : null}
    </>
  )
}

function VisitActs({ visit, day, place }: Props) {
  const { t } = useLingui()
  const moving = useSaveState()
  const { personName: name } = visit
  const swap = (other: number) =>
    moving.run(() => {
      const order = [...day]
      const [taken] = order.splice(place, 1)
      if (taken) order.splice(other, 0, taken)
      return orderVisits(order)
    })
  return (
    <div className="diary-acts">
      <MoveButton visit={visit} />
      <ReasonButton
        draft={`cancel-${visit.id}`}
        verb={<Trans>Cancel it</Trans>}
        spoken={t`Cancel the visit to ${name}`}
        title={<Trans>Why is it cancelled?</Trans>}
        label={<Trans>The person reads this</Trans>}
        run={(words) => cancelVisit(visit, words)}
        done={() => toast(<Trans>Cancelled. Now somebody has to tell {name}.</Trans>)}
      />
      {place > 0 ? (
        <Button
          variant="link"
          aria-label={t`Go to ${name} earlier`}
          pending={moving.pending}
          onClick={() => swap(place - 1)}
        >
          <Trans>Up</Trans>
        </Button>
      ) : null}
      {place < day.length - 1 ? (
        <Button
          variant="link"
          aria-label={t`Go to ${name} later`}
          pending={moving.pending}
          onClick={() => swap(place + 1)}
        >
          <Trans>Down</Trans>
        </Button>
      ) : null}
      <SaveNote saving={moving} />
    </div>
  )
}

function MoveButton({ visit }: { visit: DiaryVisit }) {
  const { t, i18n } = useLingui()
  const [day, setDay] = useState(dayOf(visit.start, clockZone()))
  const [time, setTime] = useState(hourMinutesIn(clockZone(), Date.parse(visit.start)))
  const [tried, setTried] = useState(false)
  const minutes = Math.round((Date.parse(visit.end) - Date.parse(visit.start)) / 60_000)
  const asked = { day, time, minutes, count: 1, everyDays: 1 }
  const found = visitTimes(asked, { zone: clockZone(), now: now() })
  const fault = 'fault' in found ? found.fault : undefined
  const [to] = 'times' in found ? found.times : []
  return (
    <ReasonButton
      draft={`move-${visit.id}`}
      verb={<Trans>Move it</Trans>}
      spoken={t`Move the visit to ${visit.personName}`}
      title={<Trans>To when, and why?</Trans>}
      label={<Trans>Why: the person reads this</Trans>}
      ready={to !== undefined}
      onTry={() => setTried(true)}
      run={async (reason) => {
        if (to) await moveVisit(visit, { ...to, reason })
      }}
      done={() => toast(<Trans>Moved. Now somebody has to tell {visit.personName}.</Trans>)}
    >
      <DateField label={t`Day`} value={day} onChange={setDay} />
      <TextField
        label={t`Time`}
        type="time"
        width={10}
        value={time}
        onChange={setTime}
        error={tried && fault ? i18n._(timeFaults[fault]) : undefined}
      />
    </ReasonButton>
  )
}
