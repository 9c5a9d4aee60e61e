import { Trans, useLingui } from '@lingui/react/macro'
import type { Room } from '#domain/access/room.ts'
import type { Share } from '#domain/story/shares.ts'

type Props = Readonly<{ shares: readonly Share[]; isOwn: boolean }>

/** What the person shares, in plain words. */
export function SharedByMe({ shares, isOwn }: Props) {
  const { t, i18n } = useLingui()
  const plain: Readonly<Record<Room, string>> = {
    me: t`what is written about you`,
    conversation: t`what you want to do`,
    team: t`who helps you`,
    roof: t`who looks after the plan`,
    support: t`the help you get`,
    record: t`your health record`,
    own: t`your answers to questionnaires`,
    restricted: '',
    professional: '',
    sealed: '',
  }
  const given = shares.filter((share) => share.read.length > 0)
  return (
    <section aria-labelledby="shared-by-me">
      <h2 id="shared-by-me">
        {isOwn ? <Trans>Who you share with</Trans> : <Trans>What is shared</Trans>}
      </h2>
      {given.length === 0 && (
        <p>
          <Trans>Nothing is shared with family or friends.</Trans>
        </p>
      )}
      <ul>
        {given.map((share) => (
          <li key={share.id}>
            <p>
              <Trans>
                <strong>{share.name}</strong> may see:
              </Trans>{' '}
              {share.read.map((room) => plain[room]).join(', ')}.
            </p>
            {share.until && (
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
          </li>
        ))}
      </ul>
    </section>
  )
}
