import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { residentsQuery, saveCareHome } from '#client/queries/patient/care-home.ts'
import type { CareHome } from '#domain/home/care-home.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CallList } from '#ui/layout/call-list.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CareHomeForm } from './care-home-form.tsx'

type Props = Readonly<{
  person: string
  home: CareHome | undefined
  /** who changed its numbers last, if it is known */
  changed?: WrittenBy | undefined
  mayWrite: boolean
}>

/** The care home in which the person lives: who to call there by day and night, and who else lives there. */
export function CareHomeCard({ person, home, changed, mayWrite }: Props) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  if (!home && !mayWrite) return null
  return (
    <Card title={t`Care home`}>
      {open ? (
        <Suspense fallback={<Skeleton lines={4} />}>
          <CareHomeForm person={person} home={home} onDone={() => setOpen(false)} />
        </Suspense>
      ) : (
        <>
          {home ? <Shown {...{ person, home, changed }} isStaff={mayWrite} /> : <NoHome />}
          {mayWrite ? <Changes person={person} home={home} onOpen={() => setOpen(true)} /> : null}
        </>
      )}
    </Card>
  )
}

const NoHome = () => (
  <p>
    <Trans>Not recorded as living in a care home.</Trans>
  </p>
)

function Changes(props: { person: string; home: CareHome | undefined; onOpen: () => void }) {
  const { person, home, onOpen } = props
  return (
    <>
      <Button variant="link" onClick={onOpen}>
        {home ? <Trans>Change the care home</Trans> : <Trans>Lives in a care home</Trans>}
      </Button>
      {home ? <MovedOut person={person} home={home} /> : null}
    </>
  )
}

type ShownProps = Readonly<{
  person: string
  home: CareHome
  changed: WrittenBy | undefined
  isStaff: boolean
}>

function Shown({ person, home, changed, isStaff }: ShownProps) {
  const { t } = useLingui()
  const { place, name, phone, nightPhone, manager, keyWorker, since } = home
  const number = (value: string) => (value ? [{ value, use: '' }] : [])
  return (
    <>
      <CallList
        lines={[
          { key: 'day', name, note: t`By day`, numbers: number(phone) },
          ...(nightPhone
            ? [{ key: 'night', name, note: t`At night`, numbers: number(nightPhone) }]
            : []),
        ]}
      />
      {changed && isStaff ? (
        <p className="gable-meta">
          <Trans>
            Numbers last changed by {changed.by.name} on <DateText date={changed.at} withTime />
          </Trans>
        </p>
      ) : null}
      <dl className="gable-facts">
        <dt>
          <Trans>Manager</Trans>
        </dt>
        <dd>{manager || <Trans>Not recorded</Trans>}</dd>
        <dt>
          <Trans>Key worker</Trans>
        </dt>
        <dd>{keyWorker || <Trans>Not recorded</Trans>}</dd>
        {since ? (
          <>
            <dt>
              <Trans>Since</Trans>
            </dt>
            <dd>
              <DateText date={since} />
            </dd>
          </>
        ) : null}
      </dl>
      <Residents person={person} home={place ? `Organization/${place}` : name} />
    </>
  )
}

/** Asked for only when somebody wants it: each of them sees that it was looked at. */
function Residents({ person, home }: { person: string; home: string }) {
  const [asked, setAsked] = useState(false)
  const { data, isError } = useQuery({ ...residentsQuery(home), enabled: asked })
  if (!asked)
    return (
      <Button variant="link" onClick={() => setAsked(true)}>
        <Trans>Who else lives there</Trans>
      </Button>
    )
  if (isError)
    return (
      <p>
        <Trans>This could not be loaded. Try again when you are connected.</Trans>
      </p>
    )
  const others = data?.filter(({ id }) => id !== person) ?? []
  if (data && others.length === 0)
    return (
      <p>
        <Trans>Nobody else that you look after lives there.</Trans>
      </p>
    )
  return (
    <ul>
      {others.map(({ id, name }) => (
        <li key={id}>
          <Link to={`/people/${id}`}>{name}</Link>
        </li>
      ))}
    </ul>
  )
}

function MovedOut({ person, home: { name } }: { person: string; home: CareHome }) {
  const { t } = useLingui()
  return (
    <ConfirmAction
      verb={<Trans>No longer lives there</Trans>}
      variant="link"
      title={t`Moved out of ${name}?`}
      yes={<Trans>Yes, moved out of {name}</Trans>}
      no={<Trans>Cancel</Trans>}
      run={() => saveCareHome(person, undefined)}
      failed={<Trans>The care home is still recorded</Trans>}
    >
      <p>
        <Trans>Its phone numbers go from this page. Check the new address.</Trans>
      </p>
    </ConfirmAction>
  )
}
