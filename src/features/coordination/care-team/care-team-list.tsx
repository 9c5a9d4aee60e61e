import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { addMember, careTeamQuery, endMembership } from '#client/queries/coordination/care-team.ts'
import type { CareTeamMember, Team } from '#domain/team/team.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { AddMember } from './add-member.tsx'

/** Who looks after the person, and how to reach each of them. */
export function TeamList({ person }: { person: string }) {
  const { data: team } = useSuspenseQuery(careTeamQuery(person))
  return (
    <section className="gable-section" aria-labelledby="team">
      <h2 id="team">
        <Trans>The care team</Trans>
      </h2>
      {team ? <TeamOf team={team} /> : <NoTeam />}
    </section>
  )
}

function NoTeam() {
  return (
    <EmptyState title={<Trans>No team yet</Trans>}>
      <p>
        <Trans>The team begins when someone takes this person on.</Trans>
      </p>
    </EmptyState>
  )
}

function TeamOf({ team }: { team: Team }) {
  return (
    <>
      <ul className="gable-boxed-rows coordinate-rows">
        {team.members.map((member) => (
          <MemberRow key={member.who.reference} team={team} member={member} />
        ))}
      </ul>
      <AddMember team={team} />
      {team.past.length > 0 ? (
        <details className="coordinate-past">
          <summary>
            <Trans>Were in the team before</Trans> ({team.past.length})
          </summary>
          <ul>
            {team.past.map((member) => (
              <li key={member.who.reference + member.until}>
                {[member.who.name, member.role].filter(Boolean).join(', ')}
                {member.until ? (
                  <>
                    {' '}
                    <Trans>
                      until <DateText date={member.until} />
                    </Trans>
                  </>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function MemberRow({ team, member }: Readonly<{ team: Team; member: CareTeamMember }>) {
  const { who, role, organisation } = member
  return (
    <li className="coordinate-row">
      <div className="coordinate-row__member">
        <Avatar name={who.name} voice={who.voice} />
        <div>
          <h3 className="coordinate-row__title">{who.name}</h3>
          <p className="gable-meta">{[role, organisation].filter(Boolean).join(', ')}</p>
        </div>
      </div>
      <div>
        <HowReached member={member} />
      </div>
      <div className="coordinate-row__deeds">
        {who.voice === 'person' ? null : <EndMembership team={team} member={member} />}
      </div>
    </li>
  )
}

/** The person’s own numbers are on the contact sheet, with the address. */
function HowReached({ member: { who, telephone } }: { member: CareTeamMember }) {
  if (telephone) return <PhoneLink number={telephone} />
  if (who.voice === 'person')
    return (
      <Link to={`/people/${who.reference.split('/')[1]}/contacts`}>
        <Trans>Contact details</Trans>
      </Link>
    )
  return (
    <span className="gable-meta">
      <Trans>No phone number recorded</Trans>
    </span>
  )
}

function EndMembership({ team, member }: Readonly<{ team: Team; member: CareTeamMember }>) {
  const { t } = useLingui()
  const { who, role } = member
  return (
    <ConfirmAction
      verb={<Trans>Remove from the team</Trans>}
      label={t`Remove from the team: ${who.name}`}
      variant="link"
      title={<Trans>Remove {who.name} from the team?</Trans>}
      yes={<Trans>Yes, remove them</Trans>}
      no={<Trans>No, keep them</Trans>}
      isFinal
      run={() => endMembership(team.id, who)}
      done={() =>
        toast(<Trans>{who.name} has left the team</Trans>, () => addMember(team.id, { who, role }))
      }
      failed={(failure) => <WorkProblem failure={failure} />}
    >
      <p>
        <Trans>
          They lose the access that comes with being in the team straight away. What they wrote is
          kept, and so is the record that they were in the team.
        </Trans>
      </p>
    </ConfirmAction>
  )
}
