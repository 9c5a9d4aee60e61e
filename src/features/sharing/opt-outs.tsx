import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { optOutsQuery, sayNo, takeNoBack } from '#client/queries/consent/opt-outs.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { type OptOutKind, optOutKinds } from '#domain/opt-out/is-opt-out.ts'
import { lastSaid, type OptOut, type ToldHow, toldHows } from '#domain/opt-out/opt-out.ts'
import {
  optOutLabels,
  optOutMeanings,
  toldHowLabels,
} from '#features/parts/opt-out/opt-out-labels.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { TimelineDate } from '#features/parts/timeline-date.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'

/** What the person said no to; a professional writes it down for somebody who does not sign in. */
export function OptOuts({ person }: { person: string }) {
  const { data: optOuts } = useSuspenseQuery(optOutsQuery(person))
  const mayWrite = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  return (
    <section aria-labelledby="said-no">
      <h2 id="said-no">
        <Trans>What the person said no to</Trans>
      </h2>
      <p>
        <Trans>Care stays the same, whatever they say no to. They can change their mind.</Trans>
      </p>
      <ul className="sharing-list">
        {optOutKinds.map((kind) => (
          <OneOptOut key={kind} {...{ kind, person, optOuts, mayWrite }} />
        ))}
      </ul>
    </section>
  )
}

type OneProps = Readonly<{
  kind: OptOutKind
  person: string
  optOuts: readonly OptOut[]
  mayWrite: boolean
}>

function OneOptOut({ kind, person, optOuts, mayWrite }: OneProps) {
  const { t } = useLingui()
  const said = lastSaid(optOuts, kind)
  const name = t(optOutLabels[kind])
  const stands = said?.stands === true
  const isTheirsAlone = optOuts.some(
    (each) => each.kind === kind && each.stands && each.toldHow === undefined,
  )
  return (
    <li>
      <p>
        <strong>{name}</strong>
      </p>
      <p>{t(optOutMeanings[kind])}</p>
      {stands ? (
        <StateMark state="due">
          <Trans>Said no</Trans>
        </StateMark>
      ) : null}
      <HowSaid said={said} />
      {isTheirsAlone ? (
        <p className="sharing-meta">
          <Trans>They said this themselves. Only they can take it back, on their own page.</Trans>
        </p>
      ) : mayWrite ? (
        <WriteDown {...{ kind, person, optOuts, stands }} />
      ) : null}
    </li>
  )
}

function HowSaid({ said }: { said: OptOut | undefined }) {
  const { t } = useLingui()
  if (!said)
    return (
      <p className="sharing-meta">
        <Trans>Has not said no.</Trans>
      </p>
    )
  const { stands, toldHow, writtenBy, at } = said
  const how = toldHow && toldHow !== 'elsewhere' ? t(toldHowLabels[toldHow]) : ''
  return (
    <p className="sharing-meta">
      {stands ? null : (
        <>
          <Trans>Taken back.</Trans>{' '}
        </>
      )}
      {toldHow === 'elsewhere' ? (
        <Trans>From another system.</Trans>
      ) : toldHow ? (
        <Trans>
          {how}, written down by {writtenBy?.name}.
        </Trans>
      ) : (
        <Trans>Said by the person.</Trans>
      )}{' '}
      <TimelineDate at={at} />
    </p>
  )
}

type WriteProps = Omit<OneProps, 'mayWrite'> & Readonly<{ stands: boolean }>

function WriteDown(props: WriteProps) {
  const { t } = useLingui()
  const [writing, setWriting] = useState(false)
  const name = t(optOutLabels[props.kind])
  if (writing) return <HowTold {...props} onDone={() => setWriting(false)} />
  return (
    <Button
      variant="link"
      aria-label={props.stands ? t`They took it back: ${name}` : t`They said no: ${name}`}
      onClick={() => setWriting(true)}
    >
      {props.stands ? <Trans>They took it back</Trans> : <Trans>They said no</Trans>}
    </Button>
  )
}

function HowTold({
  kind,
  person,
  optOuts,
  stands,
  onDone,
}: WriteProps & Readonly<{ onDone: () => void }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [how, setHow] = useState('')
  const [tried, setTried] = useState(false)
  const toldHow = toldHows.find((each) => each === how)
  const write = async (by: ToldHow) =>
    stands
      ? await takeNoBack({ person, kind, toldHow: by }, optOuts)
      : await sayNo({ person, kind, toldHow: by })
  const save = async () => {
    setTried(true)
    if (!toldHow) return
    if (await saving.run(() => write(toldHow))) onDone()
  }
  return (
    <div>
      <Radios
        legend={t`How did they tell you?`}
        name={`told-${kind}`}
        value={how}
        onChange={setHow}
        options={toldHows.map((value) => ({ value, label: t(toldHowLabels[value]) }))}
        error={tried && !toldHow ? t`Choose how they told you` : undefined}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void save()}
        onCancel={onDone}
        save={
          stands ? (
            <Trans>Save that they took it back</Trans>
          ) : (
            <Trans>Save that they said no</Trans>
          )
        }
      />
    </div>
  )
}
