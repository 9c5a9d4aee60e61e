import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sayCarerIsBetter } from '#client/queries/worse/carer-ill.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { CarerIllness } from '#domain/plan/worse/carer-ill.ts'
import { RelativeTime } from '#features/parts/relative-time.tsx'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PlannedHelp, WhoIsTold } from './carer-ill-list.tsx'
import { SendIllness } from './send-illness.tsx'
import { SetOffList } from './set-off-list.tsx'

type Props = Readonly<{
  house: HouseRecord
  /** the carer who is asked about */
  carer: Who
  /** the carer reads it */
  isSelf: boolean
  /** the reader may set it off */
  mayWrite: boolean
  /** who steps in stands on this page already */
  isListed?: boolean
}>

/** What happens when a carer is ill: the list, the button, and, once it was set off, exactly what that was. */
export function CarerIllCard(props: Props) {
  const { house, carer } = props
  const illness = house.illnesses.find(
    (each) => each.carer.reference === carer.reference && !each.isOver,
  )
  if (house.died) return null
  return (
    <section className="worse-ill" id="carer-ill" aria-label={carer.name}>
      {illness ? <IllNow {...props} illness={illness} /> : <IfIll {...props} />}
    </section>
  )
}

function IfIll(props: Props) {
  const { isSelf, mayWrite, carer } = props
  const [asking, setAsking] = useState(false)
  return (
    <>
      <div className="worse-ill__ask">
        <h2>{isSelf ? <Trans>If you are ill</Trans> : <Trans>If {carer.name} is ill</Trans>}</h2>
        {asking ? null : (
          <p>
            {isSelf ? (
              <Trans>Press the button. You need not explain.</Trans>
            ) : (
              <Trans>Anyone here can set this off.</Trans>
            )}
          </p>
        )}
        {mayWrite && !asking ? (
          <>
            <Button onClick={() => setAsking(true)}>
              {isSelf ? <Trans>I am ill today</Trans> : <Trans>{carer.name} is ill today</Trans>}
            </Button>
            <p className="worse-said">
              <Trans>Nothing is sent before you have read it once and said “Send”.</Trans>
            </p>
          </>
        ) : null}
        {asking ? <SendIllness {...props} onDone={() => setAsking(false)} /> : null}
      </div>
      {asking ? null : <Steps {...props} />}
    </>
  )
}

/** What will be set off: nothing is sent yet, so nothing here looks done. */
function Steps({ house, isSelf, isListed = false }: Props) {
  const steps = house.whatIf?.carerIll ?? []
  return (
    <div>
      <WhoIsTold house={house} />
      {isListed ? null : isSelf && steps.length > 0 ? (
        <details>
          <summary>
            <Trans>Who steps in</Trans>
          </summary>
          <PlannedHelp {...{ steps, isSelf }} />
        </details>
      ) : (
        <PlannedHelp {...{ steps, isSelf }} />
      )}
    </div>
  )
}

function IllNow(props: Props & { illness: CarerIllness }) {
  const { house, carer, isSelf, mayWrite, illness } = props
  return (
    <>
      <div className="worse-ill__ask">
        <h2>
          {isSelf ? <Trans>You are ill today</Trans> : <Trans>{carer.name} is ill today</Trans>}
        </h2>
        <p>
          {illness.at && isSelf && illness.by?.reference === carer.reference ? (
            <Trans>
              You said so, <RelativeTime at={illness.at} />
            </Trans>
          ) : illness.at ? (
            <Trans>
              {illness.by?.name ?? ''} said so, <RelativeTime at={illness.at} />
            </Trans>
          ) : (
            <Trans>It is sent as soon as there is a network.</Trans>
          )}
        </p>
        {mayWrite ? <Better house={house} illness={illness} isSelf={isSelf} /> : null}
      </div>
      {illness.setOff.length > 0 ? <SetOffList illness={illness} /> : <Steps {...props} />}
    </>
  )
}

/** The carer is better: with what was done, if somebody wants to say so. */
function Better(props: { house: HouseRecord; illness: CarerIllness; isSelf: boolean }) {
  const { t } = useLingui()
  const { house, illness, isSelf } = props
  const [words, setWords, clear, isDraft] = useDraft(`better:${illness.id}`, '')
  const [open, setOpen] = useState(isDraft)
  const saving = useSaveState()
  const save = async () => {
    if (await saving.run(() => sayCarerIsBetter(house.person, illness.id, words))) clear()
  }
  if (!open)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        {isSelf ? (
          <Trans>I am better again</Trans>
        ) : (
          <Trans>{illness.carer.name} is better again</Trans>
        )}
      </Button>
    )
  return (
    <div className="worse-form">
      <TextArea
        label={t`What was done meanwhile (you can leave this empty)`}
        hint={t`Tasks that nobody has begun are taken back.`}
        rows={2}
        value={words}
        onChange={setWords}
      />
      <SaveOrCancel saving={saving} onSave={() => void save()} onCancel={() => setOpen(false)} />
    </div>
  )
}
