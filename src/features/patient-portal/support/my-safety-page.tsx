import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useIdFor } from '#client/forms/use-id-for.ts'
import { sharedNamesQuery } from '#client/queries/care-plan/carer-rooms.ts'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { raiseConcern } from '#client/queries/social-care/safeguarding.ts'
import { useSession } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
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
          <Tell own={actor?.person} onSent={setReached} />
        </Suspense>
      ) : (
        <Sent reached={reached} />
      )}
    </div>
  )
}

type TellProps = Readonly<{
  /** whose own record it is; absent: of a carer */
  own: string | undefined
  onSent: (reached: boolean) => void
}>

function Tell({ own, onSent }: TellProps) {
  const { t } = useLingui()
  const { people, person, choose } = useWhomAbout(own)
  const isCarer = own === undefined
  const idFor = useIdFor()
  const [typed, setTyped] = useState({ about: '', wishes: '', safety: '' })
  const [sources, setSources] = useState<readonly Who[]>([])
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const send = async () => {
    setTried(true)
    if (typed.about.trim() === '' || person === '') return
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
      {people.length > 1 ? (
        <Radios
          legend={t`Who is it about?`}
          name="safety-person"
          value={person}
          onChange={(next) => {
            choose(next)
            setSources([])
          }}
          error={tried && person === '' ? t`Choose who it is about` : undefined}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
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
      {person === '' ? null : (
        <Suspense fallback={<Skeleton lines={3} />}>
          <TeamAbout {...{ person, sources }} onChange={setSources} />
        </Suspense>
      )}
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

type TeamAboutProps = Readonly<{
  person: string
  sources: readonly Who[]
  onChange: (sources: readonly Who[]) => void
}>

function TeamAbout({ person, sources, onChange }: TeamAboutProps) {
  const { t } = useLingui()
  const team = useTeam(person)
  if (team.length === 0) return null
  return (
    <Checkboxes
      legend={t`Is it about one of these people?`}
      hint={t`Whom you choose here never sees it.`}
      name="safety-about"
      values={sources.map(({ reference }) => reference)}
      onChange={(chosen) => onChange(team.filter(({ reference }) => chosen.includes(reference)))}
      options={team.map(({ reference, name }) => ({ value: reference, label: name }))}
    />
  )
}

/**
 * Whom it can be about: the person themselves, or whom a carer cares for. A carer of several says who, and none is chosen
 * beforehand. Who shares nothing is told without a name.
 */
function useWhomAbout(own: string | undefined) {
  const { t } = useLingui()
  const caresFor = useSession(({ actor }) => actor?.caresFor)
  const { data } = useSuspenseQuery(sharedNamesQuery(own === undefined))
  const ids = own === undefined ? [...new Set(caresFor?.map((each) => each.person))] : [own]
  const [chosen, choose] = useState('')
  const person = ids.length === 1 ? ids[0] : ids.find((id) => id === chosen)
  const people = ids.map((id) => ({ id, name: data.get(id) ?? t`Somebody who shares nothing now` }))
  return { people, person: person ?? '', choose }
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
