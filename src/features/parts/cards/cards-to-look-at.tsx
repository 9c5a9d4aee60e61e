import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { careCardQueries } from '#client/queries/suggestion/care-cards.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'

/** Beside a plan, for professionals: which cards the record points to, and the way to them. */
export function CardsToLookAt({ person }: { person: string }) {
  const actor = useSession((session) => session.actor)
  const isForStaff = actor !== undefined && isStaff(actor)
  const { data } = useQuery({ ...careCardQueries.ofPerson(person), enabled: isForStaff })
  const open = (data?.cards ?? []).filter(({ steps }) => steps.some(({ decided }) => !decided))
  if (!isForStaff || open.length === 0) return null
  return (
    <section aria-labelledby="cards-title" className="gable-not-on-paper">
      <h2 id="cards-title">
        <Trans>Worth a look</Trans>
      </h2>
      <ul className="gable-plain-list">
        {open.map(({ code, title }) => (
          <li key={code}>
            <Link to={`/people/${person}/assessments#card-${code}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
