import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { type ListedService, saveService } from '#client/queries/directory/directory.ts'
import { isOldEntry } from '#domain/directory/directory-service.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { ServiceForm } from './service-form.tsx'

type Props = Readonly<{ service: ListedService; mayKeep: boolean }>

/** One service: whom it helps, how long people wait, how to ask, and when somebody checked that. */
export function ServiceRow({ service, mayKeep }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { name, provider, what, areas, eligibility, howToRefer, phone, isSocial } = service
  if (isOpen)
    return (
      <li className="services__row">
        <ServiceForm service={service} onDone={() => setOpen(false)} />
      </li>
    )
  return (
    <li className="services__row">
      <div>
        <h2>{name}</h2>
        <p className="gable-meta">
          {provider}
          {areas.length > 0 ? <> · {areas.join(', ')}</> : null}
          {isSocial ? (
            <>
              {' · '}
              <Trans>social prescribing</Trans>
            </>
          ) : null}
        </p>
        {what ? <p>{what}</p> : null}
        <dl>
          {eligibility ? (
            <div>
              <dt>
                <Trans>Whom it helps</Trans>
              </dt>
              <dd>{eligibility}</dd>
            </div>
          ) : null}
          <div>
            <dt>
              <Trans>How to ask</Trans>
            </dt>
            <dd>
              {howToRefer} {phone ? <PhoneLink number={phone} /> : null}
            </dd>
          </div>
        </dl>
      </div>
      <div>
        <Waiting service={service} />
        <Checked service={service} mayKeep={mayKeep} onOpen={() => setOpen(true)} />
      </div>
    </li>
  )
}

function Waiting({ service: { waitingWeeks } }: Readonly<{ service: ListedService }>) {
  if (waitingWeeks === undefined)
    return (
      <p>
        <StateMark state="missing">
          <Trans>Waiting time not known</Trans>
        </StateMark>
      </p>
    )
  return (
    <p>
      <b>
        <Plural value={waitingWeeks} _0="No waiting" one="About # week" other="About # weeks" />
      </b>
    </p>
  )
}

/** When somebody checked it; old entries say so, and can be checked again. */
function Checked({ service, mayKeep, onOpen }: Props & Readonly<{ onOpen: () => void }>) {
  const { t } = useLingui()
  const saving = useSaveState()
  const { name, checkedOn } = service
  const isOld = isOldEntry(service, clockToday())
  const check = async () => {
    const { version, ...entry } = service
    const done = await saving.run(() => saveService({ ...entry, checkedOn: clockToday() }, version))
    if (done) toast(<Trans>Checked today: {name}</Trans>)
  }
  return (
    <>
      <p>
        {isOld ? (
          <StateMark state="due">
            {checkedOn ? (
              <Trans>
                Old: checked on <DateText date={checkedOn} />
              </Trans>
            ) : (
              <Trans>Nobody has checked this</Trans>
            )}
          </StateMark>
        ) : (
          <span className="gable-meta">
            <Trans>
              Checked on <DateText date={checkedOn ?? ''} />
            </Trans>
          </span>
        )}
      </p>
      <SaveNote saving={saving} />
      {mayKeep ? (
        <div className="services__keep">
          <Button
            variant="link"
            pending={saving.pending}
            onClick={() => void check()}
            aria-label={t`It is still so: ${name}`}
          >
            <Trans>It is still so</Trans>
          </Button>
          <Button variant="link" onClick={onOpen} aria-label={t`Change: ${name}`}>
            <Trans>Change</Trans>
          </Button>
        </div>
      ) : null}
    </>
  )
}
