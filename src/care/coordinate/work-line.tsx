import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { SaveNote } from '#care/monitor/save-note.tsx'
import { today } from '#data/clock.ts'
import { answerReferral } from '#data/referrals.ts'
import { useSession } from '#data/session.ts'
import { finishTask, handOn, takeTask } from '#data/tasks.ts'
import { colleaguesQuery } from '#data/team.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { DateText } from '#design/date-text.tsx'
import { SelectField } from '#design/select-field.tsx'
import { StateMark } from '#design/state-mark.tsx'
import type { Plan } from '#domain/plan/plan.ts'
import { isLate, isOpen, type Work } from '#domain/task/task.ts'
import { ReasonButton } from './reason-button.tsx'

/** One piece of work: what, who, by when, and what can be done with it. */
export function WorkLine({
  work,
  plan,
  heading,
}: Readonly<{ work: Work; plan?: Plan | undefined; heading?: ReactNode }>) {
  return (
    <li>
      {heading}
      <p>
        <strong>{work.what}</strong> <WorkState work={work} />
      </p>
      <p className="gable-meta">
        {work.owner ? work.owner.name : <Trans>Nobody has it</Trans>}
        {work.dueOn ? (
          <>
            {' · '}
            <Trans>
              by <DateText date={work.dueOn} />
            </Trans>
          </>
        ) : null}
      </p>
      {work.notes.map((note) => (
        <p key={note} className="gable-meta">
          {note}
        </p>
      ))}
      {isOpen(work) ? <WorkVerbs work={work} plan={plan} /> : null}
    </li>
  )
}

function WorkState({ work }: { work: Work }) {
  if (isLate(work, today()))
    return (
      <StateMark state="due">
        <Trans>Late</Trans>
      </StateMark>
    )
  switch (work.state) {
    case 'done':
      return (
        <StateMark state="agreed">
          <Trans>Done</Trans>
        </StateMark>
      )
    case 'refused':
      return (
        <StateMark state="failed">
          <Trans>Refused</Trans>
        </StateMark>
      )
    case 'stopped':
      return (
        <StateMark state="missing">
          <Trans>Stopped</Trans>
        </StateMark>
      )
    case 'asked':
      return (
        <StateMark state="new">
          <Trans>Asked</Trans>
        </StateMark>
      )
    default:
      return (
        <StateMark state="writing">
          <Trans>Taken</Trans>
        </StateMark>
      )
  }
}

function WorkVerbs({ work, plan }: { work: Work; plan: Plan | undefined }) {
  const { t } = useLingui()
  const saving = useSaving()
  const isMine = useIsMine(work)
  if (work.kind === 'referral') return <ReferralVerbs work={work} />
  return (
    <div className="work-verbs">
      {isMine && work.state !== 'asked' ? null : (
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={() => void saving.run(() => takeTask(work.id, work.person))}
        >
          <Trans>Take it</Trans>
        </Button>
      )}
      <ReasonButton
        draft={`done-${work.id}`}
        verb={<Trans>It is done</Trans>}
        title={work.what}
        label={t`What came of it`}
        run={(words) => finishTask(work.id, work.person, words)}
      />
      <HandOn work={work} plan={plan} />
      <SaveNote saving={saving} />
    </div>
  )
}

function useIsMine(work: Work): boolean {
  const practitioner = useSession(({ actor }) => actor?.practitioner)
  return work.owner?.reference === `Practitioner/${practitioner}`
}

function HandOn({ work, plan }: { work: Work; plan: Plan | undefined }) {
  const { t } = useLingui()
  const { data: colleagues } = useSuspenseQuery(colleaguesQuery)
  const others = colleagues.filter((each) => each.reference !== work.owner?.reference)
  const [reference, setReference] = useState('')
  const to = others.find((each) => each.reference === reference)
  return (
    <ReasonButton
      draft={`hand-on-${work.id}`}
      verb={<Trans>Hand it on</Trans>}
      title={work.what}
      label={t`Why you hand it on`}
      ready={to !== undefined}
      run={async (reason) => {
        if (to) await handOn({ id: work.id, person: work.person, to, reason }, plan)
      }}
    >
      <SelectField
        label={t`To whom`}
        value={reference}
        onChange={setReference}
        options={[
          { value: '', label: t`Choose somebody` },
          ...others.map((each) => ({ value: each.reference, label: each.name })),
        ]}
      />
    </ReasonButton>
  )
}

function ReferralVerbs({ work }: { work: Work }) {
  const { t } = useLingui()
  const saving = useSaving()
  const accept = () => saving.run(() => answerReferral(work, 'accept', ''))
  return (
    <div className="work-verbs">
      {work.state === 'asked' ? (
        <>
          <Button variant="outline" pending={saving.pending} onClick={() => void accept()}>
            <Trans>Accept</Trans>
          </Button>
          <ReasonButton
            draft={`refuse-${work.id}`}
            verb={<Trans>Refuse</Trans>}
            title={work.what}
            label={t`Why it cannot be taken`}
            run={(words) => answerReferral(work, 'refuse', words)}
          />
        </>
      ) : (
        <ReasonButton
          draft={`close-${work.id}`}
          verb={<Trans>Close</Trans>}
          title={work.what}
          label={t`What came of it`}
          run={(words) => answerReferral(work, 'close', words)}
        />
      )}
      <SaveNote saving={saving} />
    </div>
  )
}
