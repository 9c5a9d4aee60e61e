import { Trans } from '@lingui/react/macro'
import { useRestrictions } from '#client/queries/consent/restrictions.ts'
import { WithheldWords } from '#features/parts/access/withheld-words.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { useRoomLabels } from './labels.ts'
import type { MyHouse } from './use-my-house.ts'

/** What this reader does not see, and why. */
export function HiddenRooms({ mine }: { mine: MyHouse }) {
  return mine.isCarer ? <HiddenFromCarer mine={mine} /> : <HiddenFromPerson mine={mine} />
}

function HiddenFromPerson({ mine: { house } }: { mine: MyHouse }) {
  const { person } = house
  const restriction = useRestrictions()(`Patient/${person}`)
  return (
    <section className="my-hidden" aria-labelledby="hidden-title">
      <h2 id="hidden-title" className="nhsuk-u-visually-hidden">
        <Trans>What you see here</Trans>
      </h2>
      <RestrictedMark whole to="person" restriction={restriction} />
      <details>
        <summary>
          <Trans>What is not shown to you, and why</Trans>
        </summary>
        <p>
          <Trans>
            You see your plan and your record. Three things are not shown: notes that professionals
            write to each other, the computer’s suggestions to them, and risk scores. They help the
            people who care for you to plan.
          </Trans>
        </p>
        <p>
          <Trans>You can ask your team for a full copy of your record.</Trans>
        </p>
      </details>
      <WithheldWords house={house} />
    </section>
  )
}

function HiddenFromCarer({ mine }: { mine: MyHouse }) {
  const titles = useRoomLabels(mine)
  const { hidden, house } = mine
  return (
    <section className="my-hidden" aria-labelledby="hidden-title">
      <h2 id="hidden-title" className="nhsuk-u-visually-hidden">
        <Trans>What you see here</Trans>
      </h2>
      <details>
        <summary>
          <Trans>What is not shown to you, and why</Trans>
        </summary>
        <p>
          {mine.seesRecord ? (
            <Trans>
              {house.givenName} has chosen what to share with you. The professionals’ notes are not
              shown. Anything restricted is not shown either: only {house.givenName} and named
              professionals can see it.
            </Trans>
          ) : (
            <Trans>
              {house.givenName} has chosen what to share with you. The medical record and the
              professionals’ notes are not shown. Anything restricted is not shown either: only{' '}
              {house.givenName} and named professionals can see it.
            </Trans>
          )}
        </p>
      </details>
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
