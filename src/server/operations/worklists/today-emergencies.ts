import type { Flag, Patient } from '@medplum/fhirtypes'
import { breakGlassFromFhir } from '#domain/access/break-glass.ts'
import { cardOpeningFromFhir } from '#domain/card/card-opening.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { cardOpeningItem, emergencyItem, type TodayItem } from '#domain/today/today.ts'
import type { Today } from '#domain/today/today-parameters.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Row = Readonly<{ flag: Flag | string; patient: Patient | string; all: string | number }>
type Opened = Readonly<{ item: TodayItem; who: NonNullable<Today['others']>[number] }>

/**
 * Emergency openings that nobody has checked, of people whom the caller can see by more than such an opening, and who
 * are not on the caller's caseload: the practice is told of them, too.
 */
export async function todayEmergenciesElsewhere(
  call: OperationCall,
  caseload: readonly string[],
): Promise<Readonly<{ found: readonly Opened[]; more: number }>> {
  const { actor, scope, sql, now } = call
  const params = new Params()
  const { rows } = await sql.query<Row>(
    `select f.content as flag, p.content as patient, count(*) over () as all
     from resource f join resource p on p.rt = 'Patient' and p.id = f.person
     where f.rt = 'Flag' and f.content ->> 'status' = 'active'
       and (f.content -> 'code' -> 'coding' @> '[{"system": "${gableCodeSystem}", "code": "break-glass"}]'
         or f.content -> 'code' -> 'coding' @> '[{"system": "${gableCodeSystem}", "code": "card-opened"}]')
       and not f.person = any(${params.add([...caseload], 'text[]')})
       and exists (select 1 from relation l where l.person = f.person and l.kind <> 'glass'
         and (l.org = ${params.add(actor.organisation ?? '', 'text')} or l.agent = ${params.add(actor.practitioner ?? '', 'text')})
         and (l.until is null or l.until > ${params.add(now, 'timestamptz')}))
       and ${scopeSql(scope, 'f', params, now)} and ${scopeSql(scope, 'p', params, now)}
     order by f.ts, f.id limit 100`,
    params.values,
  )
  const found = rows.flatMap(({ flag, patient }) => {
    const item = openingIn(storedRecord(flag))
    const {
      id,
      family = '',
      given = '',
      birthDate,
    } = personFromFhir(storedRecord(patient), call.today)
    return item ? [{ item, who: { id, family, given, ...(birthDate ? { birthDate } : {}) } }] : []
  })
  return { found, more: Number(rows[0]?.all ?? 0) - rows.length }
}

function openingIn(flag: Flag): TodayItem | undefined {
  const grant = breakGlassFromFhir(flag)
  const card = cardOpeningFromFhir(flag)
  return grant ? emergencyItem(grant) : card && cardOpeningItem(card)
}
