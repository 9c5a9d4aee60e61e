import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { carerIllPreviewQuery, sayCarerIsIll } from '#client/queries/worse/carer-ill.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { PlannedHelp, WhoIsTold } from './carer-ill-list.tsx'

type Props = Readonly<{
  house: HouseRecord
  carer: Who
  /** the carer reads it */
  isSelf: boolean
  onDone: () => void
}>

/** It asks once before anything is sent, beside exactly what that is. */
export function SendIllness({ house, carer, isSelf, onDone }: Props) {
  const saving = useSaveState()
  const preview = useQuery(carerIllPreviewQuery(house.person, carer.reference))
  const send = async () => {
    if (await saving.run(() => sayCarerIsIll(house.person, carer))) onDone()
  }
  if (preview.isPending) return <Skeleton lines={4} />
  return (
    <div>
      <h3>
        <Trans>This will be sent</Trans>
      </h3>
      {preview.data ? (
        <WhatIsSent sent={preview.data} />
      ) : (
        <>
          <WhoIsTold house={house} />
          <PlannedHelp steps={house.whatIf?.carerIll ?? []} isSelf={isSelf} />
        </>
      )}
      <p>
        <strong>
          <Trans>Send it now?</Trans>
        </strong>{' '}
        <Trans>Each of these is a task for today. {house.givenName} sees it too.</Trans>
      </p>
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={onDone}
        save={<Trans>Send</Trans>}
        cancel={<Trans>Do not send</Trans>}
      />
    </div>
  )
}

type Item = Readonly<{ task: string; what: string; who?: string; phone?: string }>
type Sent = Readonly<{ setOff: readonly Item[]; nobody: readonly Item[] }>

function WhatIsSent({ sent: { setOff, nobody } }: Readonly<{ sent: Sent }>) {
  const isOnlyCall = setOff.length + nobody.length <= 1
  return (
    <>
      <ol className="worse-list">
        {[...setOff, ...nobody].map((item) => (
          <li key={item.task} className={item.who ? '' : 'is-missing'}>
            <p>
              <strong>{item.what}</strong>
            </p>
            <p>
              <ToWhom item={item} />
            </p>
          </li>
        ))}
      </ol>
      {isOnlyCall ? (
        <p>
          <Trans>Nothing else is planned for such a day. Say in the call what is needed.</Trans>
        </p>
      ) : null}
    </>
  )
}

function ToWhom({ item: { who, phone } }: Readonly<{ item: Item }>) {
  if (!who)
    return (
      <StateMark state="missing">
        <Trans>Nobody yet</Trans>
      </StateMark>
    )
  return (
    <StateMark state="due">
      {who}
      {phone ? (
        <>
          , <PhoneLink number={phone} />
        </>
      ) : null}
    </StateMark>
  )
}
