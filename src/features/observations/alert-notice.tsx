import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { now } from '#client/clock.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerAlert, closeAlerts, reopenFlags } from '#client/queries/monitoring/alerts.ts'
import type { Observations } from '#client/queries/monitoring/observations.ts'
import { type AlertMatter, alertIdFor } from '#domain/alert/closing.ts'
import type { OpenAlert } from '#domain/alert/open-alerts.ts'
import { dutyNow } from '#domain/alert/raised-alert.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Reading, UncomparedReading } from '#domain/reading/reading.ts'
import { AlertLabels, LimitWords } from '#features/parts/alert-labels.tsx'
import { AlertOwner } from '#features/parts/alerts/alert-owner.tsx'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { WhoToCall } from '#features/parts/who-to-call.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { focusFirstError } from '#ui/forms/focus-first-error.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PlanAdvice } from './plan-advice.tsx'
import { WhyThisAlert } from './why-this-alert.tsx'

type Open = AlertMatter & Readonly<{ id: string; said: string }>

/** The readings of an alert, each as it was measured. */
function useOpenReadings(
  alert: OpenAlert,
  { readings, uncompared }: Observations,
): readonly Open[] {
  const words = useReadingLabels()
  const openOf = ({ id, person, at }: Reading | UncomparedReading, said: string): Open => ({
    ...{ id, person, said, about: `Observation/${id}`, since: at },
  })
  const known = [
    ...readings.map((each) => openOf(each, words.value(each))),
    ...uncompared.map((each) => openOf(each, each.written)),
  ]
  return alert.alerts.flatMap((id) => known.find((each) => each.id === id) ?? [])
}

type Typed = Readonly<{
  words: string
  left: readonly string[]
  /** the readings that there were when the words were typed: they say nothing about one that came since */
  seen?: readonly string[]
}>
const empty: Typed = { words: '', left: [] }

/** The alert itself, not its last reading: what is typed stays when another reading comes. */
const draftOf = (person: string, { kind, why }: OpenAlert) =>
  `alert-${person}-${kind}${why === 'unit' ? '-unit' : ''}`

/** Those that the words are about. */
const chosenAmong = (open: readonly Open[], { left, seen }: Typed): readonly Open[] =>
  open.length === 1
    ? open
    : open.filter(({ id }) => !left.includes(id) && (seen?.includes(id) ?? true))

/** Readings of one kind outside the agreed limits, or that cannot be compared, until somebody writes what was done. */
export function AlertNotice({
  alert,
  data,
  house,
  isFirst,
}: Readonly<{ alert: OpenAlert; data: Observations; house: HouseRecord; isFirst: boolean }>) {
  const { t } = useLingui()
  const open = useOpenReadings(alert, data)
  const [typed, setTyped, clear] = useDraft<Typed>(draftOf(house.person, alert), empty)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const ids = open.map(({ id }) => id)
  const chosen = chosenAmong(open, typed)
  const close = async (form: HTMLElement) => {
    setTried(true)
    if (typed.words.trim() === '' || chosen.length === 0) return focusFirstError(form)
    if (!(await saving.run(() => closeAlerts(chosen, typed.words)))) return
    clear()
    setTried(false)
    toast(<Trans>Closed. What was done is saved with the reading.</Trans>, () =>
      reopenFlags(chosen.map((each) => alertIdFor(each.about))),
    )
  }
  const answer = async (form: HTMLElement) => {
    setTried(true)
    if (typed.words.trim() === '' || !alert.raised) return focusFirstError(form)
    const { flag } = alert.raised
    if (!(await saving.run(() => answerAlert(flag, house.person, typed.words)))) return
    clear()
    setTried(false)
    toast(<Trans>Saved. It stays open until somebody closes it.</Trans>)
  }
  return (
    <Notice tone="warning" className="alert-notice" title={<AlertLabels alert={alert} />}>
      <p>
        <LimitWords limit={alert.limit} />
      </p>
      <WhoseAlert alert={alert} person={house.person} />
      <details open={isFirst}>
        <summary>
          <Trans>What the plan says about this</Trans>
        </summary>
        <PlanAdvice
          whatIf={house.whatIf}
          sayToday={`/people/${house.person}/plan/roof#today`}
          whoToCall={<WhoToCall person={house.person} givenName={house.givenName} />}
        />
      </details>
      {open.length > 1 ? (
        <Checkboxes
          legend={t`Which of these have been dealt with?`}
          values={chosen.map((each) => each.id)}
          onChange={(values) =>
            setTyped({
              ...typed,
              left: ids.filter((id) => !values.includes(id)),
              seen: ids,
            })
          }
          error={tried && chosen.length === 0 ? t`Choose at least one` : undefined}
          options={open.map((each) => ({ value: each.id, label: <ReadingLine open={each} /> }))}
        />
      ) : (
        open.map((each) => (
          <p key={each.id}>
            <ReadingLine open={each} />
          </p>
        ))
      )}
      {alert.why === 'unit' ? (
        <p>
          <Trans>Check this one yourself: it may be outside the agreed limits.</Trans>
        </p>
      ) : null}
      <TextArea
        label={t`What was done about it`}
        hint={t`It is saved with the reading, with your name.`}
        value={typed.words}
        onChange={(words) => setTyped({ seen: ids, ...typed, words })}
        readOnly={saving.pending}
        error={tried && typed.words.trim() === '' ? t`Enter what was done` : undefined}
        rows={2}
      />
      <SaveNote saving={saving} />
      <div className="alert-notice__acts">
        <Button
          pending={saving.pending}
          onClick={({ currentTarget }) =>
            void close(currentTarget.closest('.alert-notice') ?? currentTarget)
          }
        >
          <Plural
            value={Math.max(chosen.length, 1)}
            one="Save and close"
            other="Save and close #"
          />
        </Button>
        {alert.raised ? (
          <Button
            variant="outline"
            pending={saving.pending}
            onClick={({ currentTarget }) =>
              void answer(currentTarget.closest('.alert-notice') ?? currentTarget)
            }
          >
            <Trans>Save, and keep it open</Trans>
          </Button>
        ) : null}
      </div>
    </Notice>
  )
}

/** Whose it is now, and what was done so far. */
function WhoseAlert({ alert: { raised }, person }: Readonly<{ alert: OpenAlert; person: string }>) {
  if (!raised) return null
  const { owner, before, is } = dutyNow(raised, now())
  return (
    <>
      <AlertOwner
        {...{ person, owner, is }}
        answerBy={raised.duty.answerBy}
        before={before?.name}
      />
      <WhyThisAlert raised={raised} />
      {raised.answers.map((each) => (
        <p key={each.at} className="gable-meta">
          <q>{each.words}</q> {each.by.name}, <DateText date={each.at} withTime />
        </p>
      ))}
    </>
  )
}

function ReadingLine({ open }: { open: Open }) {
  return (
    <>
      <strong>
        <bdi>{open.said}</bdi>
      </strong>
      , <DateText date={open.since} withTime={open.since.length > 10} />
    </>
  )
}
