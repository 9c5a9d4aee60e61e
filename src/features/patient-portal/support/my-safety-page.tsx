import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useIdFor } from '#client/forms/use-id-for.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { raiseConcern } from '#client/queries/social-care/safeguarding.ts'
import { useSession } from '#client/session/session.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/**
 * Somebody hurts or scares the person: told to a social worker from home. The address and the title of the page say
 * nothing about it, what is typed is kept nowhere, and nothing of it can be read here again: others may look at the same
 * screen.
 */
export function MySafetyPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const actor = useSession((session) => session.actor)
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  const [reached, setReached] = useState<boolean>()
  const leave = () => void navigate('/my', { replace: true })
  return (
    <div className="my-page">
      <title>{t`Talk to somebody · Gable`}</title>
      <p>
        <Button variant="outline" onClick={leave}>
          <Trans>Leave this page now</Trans>
        </Button>
      </p>
      <h1 tabIndex={-1}>
        <Trans>Does somebody hurt you or scare you?</Trans>
      </h1>
      <p className="my-lead">
        <Trans>
          It may be someone at home, a helper, or one of the team. It may be about money, too. You
          can tell a social worker here. It is not your fault.
        </Trans>
      </p>
      <p>
        <Trans>In danger now? Call 999.</Trans> <PhoneLink className="my-phone" number="999" />
      </p>
      {reached === undefined ? (
        <Suspense fallback={<Skeleton lines={8} />}>
          <Tell {...{ person }} isCarer={actor?.person !== person} onSent={setReached} />
        </Suspense>
      ) : (
        <Sent reached={reached} />
      )}
    </div>
  )
}

type TellProps = Readonly<{
  person: string
  isCarer: boolean
  onSent: (reached: boolean) => void
}>

function Tell({ person, isCarer, onSent }: TellProps) {
  const { t } = useLingui()
  const team = useTeam(person)
  const idFor = useIdFor()
  const [typed, setTyped] = useState({ about: '', wishes: '', safety: '' })
  const [about, setAbout] = useState<readonly string[]>([])
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const send = async () => {
    setTried(true)
    if (typed.about.trim() === '') return
    const sources = team.filter(({ reference }) => about.includes(reference))
    const consent = isCarer ? 'not-asked' : 'given'
    const said = {
      ...typed,
      patient: person,
      consent,
      sources,
      risk: '',
      withoutConsent: '',
    } as const
    await run(async () => onSent(await raiseConcern({ ...said, id: idFor(said) })))
  }
  const area = { rows: 3, maxLength: 2000 }
  return (
    <CheckedForm className="my-card" onSubmit={send}>
      <TextArea
        {...area}
        label={t`What is happening?`}
        hint={t`A few words are enough.`}
        value={typed.about}
        onChange={(next) => setTyped({ ...typed, about: next })}
        error={tried && typed.about.trim() === '' ? t`Say what is happening` : undefined}
      />
      <TextArea
        {...area}
        label={isCarer ? t`What does the person want to happen?` : t`What do you want to happen?`}
        value={typed.wishes}
        onChange={(wishes) => setTyped({ ...typed, wishes })}
      />
      <TextArea
        {...area}
        rows={2}
        label={t`How and when is it safe to reach you?`}
        hint={t`For example: ring at 10, when I am alone. Or: talk to me at the surgery.`}
        value={typed.safety}
        onChange={(safety) => setTyped({ ...typed, safety })}
      />
      {team.length > 0 ? (
        <Checkboxes
          legend={t`Is it about one of these people?`}
          hint={t`Whom you choose here never sees it.`}
          name="safety-about"
          values={about}
          onChange={setAbout}
          options={team.map(({ reference, name }) => ({ value: reference, label: name }))}
        />
      ) : null}
      <p className="my-small">
        <Trans>
          Nobody at home can read it here later, not even you. It is not kept on this device.
        </Trans>
      </p>
      <CarerFailure failure={failure} />
      <Button type="submit" pending={pending}>
        <Trans>Send to the social worker</Trans>
      </Button>
    </CheckedForm>
  )
}

/** The professionals of the team, as far as this reader may see it. Without them nobody could be left out. */
function useTeam(person: string) {
  const { data } = useSuspenseQuery(careTeamQuery(person))
  return (data?.members ?? [])
    .map(({ who }) => who)
    .filter(({ reference }) => reference.startsWith('Practitioner'))
}

function Sent({ reached }: { reached: boolean }) {
  const { t } = useLingui()
  return reached ? (
    <Notice tone="done" title={t`It is sent`}>
      <Trans>A social worker reads it, talks to you alone, and asks what you want.</Trans>
    </Notice>
  ) : (
    <Notice tone="danger" title={t`It is kept, but nobody reads it yet`}>
      <Trans>
        No social worker in your team can read it just now. Call your council, or tell your doctor
        or nurse.
      </Trans>
    </Notice>
  )
}
