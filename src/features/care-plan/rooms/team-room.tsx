import { Plural, Trans } from '@lingui/react/macro'
import { openPromises } from '#domain/goal/promise-state.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** Who is who, and what each has promised. The team is changed on the page of tasks and referrals. */
export function TeamRoom({ view }: { view: HouseView }) {
  const { house, day } = view
  const promised = (reference: string) =>
    openPromises(house.actions, day).filter((action) => action.owner?.reference === reference)
  return (
    <>
      {house.team.length === 0 ? (
        <EmptyState title={<Trans>Nobody in the team yet</Trans>} />
      ) : null}
      <ul className="gable-plain-list">
        {house.team.map((member) => (
          <li key={member.who.reference} className="gable-member">
            <Avatar name={member.who.name} voice={member.who.voice} />
            <div>
              <b>{member.who.name}</b>
              <p>
                {member.role}
                {member.phone ? (
                  <>
                    , <PhoneLink number={member.phone} />
                  </>
                ) : null}
              </p>
              <p className="gable-meta">
                <Plural
                  value={promised(member.who.reference).length}
                  _0="No open promises"
                  one="# open promise"
                  other="# open promises"
                />
              </p>
            </div>
          </li>
        ))}
      </ul>
      <LinkButton to={`/people/${house.person}/tasks`} variant="outline">
        <Trans>Change the team</Trans>
      </LinkButton>
    </>
  )
}
