import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { endConsents } from '#client/queries/consent/give-consent.ts'
import type { Share } from '#domain/consent/shares.ts'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CanWriteLabel } from './can-write-label.tsx'
import { ShareForm } from './share-form.tsx'
import { ShareUntil } from './share-until.tsx'
import { useRoomLabelsOfAnother, useSharedRoomLabels } from './shared-room-labels.ts'
import { WrittenDownBy } from './written-down-by.tsx'

type Props = Readonly<{
  shares: readonly Share[]
  writers: ReadonlyMap<string, string>
  isOwn: boolean
  person: string
}>

/** What the person shares, in plain words; the person changes it here. */
export function SharedByMe({ shares, writers, isOwn, person }: Props) {
  const given = shares.filter((share) => share.read.length > 0)
  const shown = isOwn ? shares : given
  return (
    <section aria-labelledby="shared-by-me">
      <h2 id="shared-by-me">
        {isOwn ? <Trans>Who you share with</Trans> : <Trans>What is shared</Trans>}
      </h2>
      {given.length === 0 && (
        <p>
          {isOwn ? (
            <Trans>Nothing is shared with family or friends.</Trans>
          ) : (
            <Trans>Nothing is shared with you now.</Trans>
          )}
        </p>
      )}
      <ul>
        {shown.map((share) => (
          <OneShare key={share.reference} {...{ share, writers, isOwn, person }} />
        ))}
      </ul>
    </section>
  )
}

type OneProps = Omit<Props, 'shares'> & Readonly<{ share: Share }>

function OneShare({ share, writers, isOwn, person }: OneProps) {
  const { t } = useLingui()
  const name = share.name || t`Someone whose name is not recorded`
  return (
    <li>
      <WhatTheySee {...{ share, name, isOwn }} />
      {isOwn ? (
        <>
          <WrittenDownBy by={share.writtenBy} writers={writers} />
          <OwnActs {...{ share, name, person }} />
        </>
      ) : null}
    </li>
  )
}

type NamedShare = Readonly<{ share: Share; name: string }>

function WhatTheySee({ share, name, isOwn }: NamedShare & Pick<Props, 'isOwn'>) {
  const ownLabels = useSharedRoomLabels()
  const ofAnother = useRoomLabelsOfAnother()
  const plain = isOwn ? ownLabels : ofAnother
  if (share.read.length === 0)
    return (
      <p>
        <Trans>
          <strong>{name}</strong> sees nothing.
        </Trans>
      </p>
    )
  return (
    <>
      <p>
        <Trans>
          <strong>{name}</strong> may see:
        </Trans>{' '}
        {share.read.map((room) => plain[room]).join(', ')}.
      </p>
      <CanWriteLabel {...{ share, name }} words={plain} />
      <ShareUntil until={share.until} />
    </>
  )
}

/** The actions on a share: with somebody close the person chooses again, with anybody else they end it. */
function OwnActs({ share, name, person }: NamedShare & Pick<Props, 'person'>) {
  const [changing, setChanging] = useState(false)
  const isClose = share.reference.startsWith('RelatedPerson/') && share.name !== ''
  if (!isClose) return <EndShare {...{ share, name, person }} />
  if (changing) return <ShareForm {...{ share, person }} onDone={() => setChanging(false)} />
  return (
    <Button variant="outline" onClick={() => setChanging(true)}>
      {share.read.length > 0 ? (
        <Trans>Change what {name} sees</Trans>
      ) : (
        <Trans>Share with {name}</Trans>
      )}
    </Button>
  )
}

/** For somebody who is not in the list of people close: the share can be ended, and nothing else. */
function EndShare({ share, name, person }: NamedShare & Pick<Props, 'person'>) {
  const saving = useSaveState()
  const end = async () => {
    const done = await saving.run(() => endConsents(person, share.reference))
    if (done) toast(<Trans>{name} cannot see anything any more.</Trans>)
  }
  return (
    <>
      <NotSaved problem={saving.problem} />
      <Button variant="danger" pending={saving.pending} onClick={() => void end()}>
        <Trans>Stop sharing everything</Trans>
      </Button>
    </>
  )
}
