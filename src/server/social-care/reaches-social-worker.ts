import type { PractitionerRole } from '@medplum/fhirtypes'
import { roleOfCode } from '#domain/access/role-code.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { isAwayOn } from '#domain/cover/absence.ts'
import { absencesFromFhir } from '#domain/cover/absence-fhir.ts'
import type { SafeguardingConcern } from '#domain/social-care/safeguarding.ts'
import { isWithinPeriod } from '#server/auth/record-match.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ agent: string; content: unknown }>

/**
 * Whether a social worker who is named in the person’s care, works today, and is no possible source of harm, can read a
 * concern. Who covers for one who is away is not named, and reads nothing of it.
 */
export async function reachesSocialWorker(
  { service, now, zone }: RequestContext,
  person: string,
  sources: SafeguardingConcern['sources'],
): Promise<boolean> {
  const { rows } = await service.sql.query<Row>(
    `select distinct l.agent, r.content from relation l
     join resource r on r.rt = 'PractitionerRole'
       and r.content->'practitioner'->>'reference' = 'Practitioner/' || l.agent
     where l.person = $1 and l.vouched and l.kind <> 'glass' and (l.until is null or l.until > $2)`,
    [person, now],
  )
  const harmful = new Set(sources.map(({ reference }) => reference))
  return rows.some(({ agent, content }) => {
    const role = storedRecord(content) as PractitionerRole
    const isHeld = role.active !== false && isWithinPeriod(role.period, { now, zone })
    const isAway = absencesFromFhir(role).some((each) => isAwayOn(each, dayIn(zone, now)))
    const isSocialWorker = isHeld && !isAway && roleOfCode(role.code) === 'social-worker'
    return isSocialWorker && !harmful.has(`Practitioner/${agent}`)
  })
}
