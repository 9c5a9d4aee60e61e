import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { careTeamQuery } from '#client/queries/coordination/care-team.ts'
import { contactSheetQuery } from '#client/queries/patient/contact-sheet.ts'
import { useSession } from '#client/session/session.ts'
import { CallList } from '#ui/layout/call-list.tsx'

/** Who to call, one after the other: the person, those close to them, then the team. */
export function WhoToCall({ person, givenName }: Readonly<{ person: string; givenName: string }>) {
  const { data: sheet } = useSuspenseQuery(contactSheetQuery(person))
  const { data: team } = useSuspenseQuery(careTeamQuery(person))
  const me = useSession(({ actor }) => `Practitioner/${actor?.practitioner ?? ''}`)
  const colleagues = (team?.members ?? []).filter(
    ({ who, telephone }) =>
      who.voice === 'professional' && who.reference !== me && telephone !== '',
  )
  return (
    <>
      <CallList
        lines={[
          { key: 'person', name: givenName, numbers: sheet.phones },
          ...sheet.others
            .filter(({ phones }) => phones.length > 0)
            .map(({ id, name, relation, phones }) => ({
              ...{ key: id, name, note: relation, numbers: phones },
            })),
          ...colleagues.map(({ who, role, telephone }) => ({
            ...{ key: who.reference, name: who.name, note: role },
            numbers: [{ value: telephone, use: '' }],
          })),
        ]}
      />
      <p>
        <Link to={`/people/${person}/contacts`}>
          <Trans>Address, next of kin and the whole team</Trans>
        </Link>
      </p>
    </>
  )
}
