import { Trans } from '@lingui/react/macro'
import { useRoomTitles } from './my-words.ts'
import type { MyHouse } from './use-my-house.ts'

/** What a carer does not see, and why. */
export function HiddenRooms({ mine }: { mine: MyHouse }) {
  const titles = useRoomTitles(mine)
  const { hidden, house, isCarer } = mine
  if (!isCarer) return null
  return (
    <section className="my-hidden" aria-labelledby="hidden-title">
      <h2 id="hidden-title">
        <Trans>What you see here</Trans>
      </h2>
      <p>
        <Trans>
          {house.givenName} has chosen what to share with you. The medical record and the notes of
          the professionals are not shown.
        </Trans>
      </p>
      {hidden.length > 0 ? (
        <>
          <p>
            <Trans>{house.givenName} has not shared:</Trans>
          </p>
          <ul>
            {hidden.map((room) => (
              <li key={room}>{titles[room]}</li>
            ))}
          </ul>
          <p>
            <Trans>If you need to see more, ask {house.givenName}.</Trans>
          </p>
        </>
      ) : null}
    </section>
  )
}
