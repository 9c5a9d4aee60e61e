import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '#design/button.tsx'
import type { Share } from '#domain/story/shares.ts'
import { ShareForm } from './share-form.tsx'
import { useRoomWordsOfAnother, useSharedRoomWords } from './shared-room-words.ts'

type Props = Readonly<{ shares: readonly Share[]; isOwn: boolean; person: string }>

/** What the person shares, in plain words; she herself changes it here. */
export function SharedByMe({ shares, isOwn, person }: Props) {
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
          <OneShare key={share.id} {...{ share, isOwn, person }} />
        ))}
      </ul>
    </section>
  )
}

function OneShare({
  share,
  isOwn,
  person,
}: Readonly<{ share: Share; isOwn: boolean; person: string }>) {
  const { i18n } = useLingui()
  const toHer = useSharedRoomWords()
  const ofAnother = useRoomWordsOfAnother()
  const plain = isOwn ? toHer : ofAnother
  const [changing, setChanging] = useState(false)
  return (
    <li>
      <p>
        {share.read.length > 0 ? (
          <>
            <Trans>
              <strong>{share.name}</strong> may see:
            </Trans>{' '}
            {share.read.map((room) => plain[room]).join(', ')}.
          </>
        ) : (
          <Trans>
            <strong>{share.name}</strong> sees nothing.
          </Trans>
        )}
      </p>
      {share.until && share.read.length > 0 && (
        <p className="who-looked-role">
          <Trans>
            Until{' '}
            <bdi>
              {i18n.date(new Date(`${share.until}T00:00:00Z`), {
                ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
              })}
            </bdi>
          </Trans>
        </p>
      )}
      {isOwn && changing ? (
        <ShareForm {...{ share, person }} onDone={() => setChanging(false)} />
      ) : null}
      {isOwn && !changing ? (
        <Button variant="outline" onClick={() => setChanging(true)}>
          {share.read.length > 0 ? (
            <Trans>Change what {share.name} sees</Trans>
          ) : (
            <Trans>Share with {share.name}</Trans>
          )}
        </Button>
      ) : null}
    </li>
  )
}
