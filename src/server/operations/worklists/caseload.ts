import type { Patient } from '@medplum/fhirtypes'
import { type CaseloadLine, caseloadParameters } from '#domain/case/caseload-parameters.ts'
import { type Covering, coverFor, coveringBy } from '#domain/cover/away-now.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import { awayNow } from '#server/cover/kept-absences.ts'
import { note } from '#server/http/request-context.ts'
import { coveringSql } from '#server/operations/cover/covering-sql.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { casesWithPlans, diedSql } from '#server/store/summary/case-sql.ts'

type Row = Readonly<{
  case_id: string
  person: string
  status: string
  coordinator: string | null
  coordinated_by: string | null
  plan_version: number | null
  goals: number
  review_on: string | null
  said: string | null
  patient: Patient | string
  last_contact: string | null
  died: string | null
}>

/** The people whose case the actor coordinates or in whose team the actor is, with the facts of one line each. */
export const caseloadOperation: Operation = {
  name: 'caseload',
  on: 'system',
  changes: false,
  purpose: 'The people the actor looks after, or whose team the actor is in',
  async run(call) {
    const away = await awayNow(call.context)
    const me = `Practitioner/${call.actor.practitioner}`
    const rows = await rowsOf(call, coveringBy(away, me))
    const answer = caseloadParameters.write({
      people: rows.map((row) => {
        const found = coverFor(away, row.coordinated_by ?? undefined, row.person)
        const isMine = found?.cover.reference === me
        return {
          ...lineOf(row, call.today),
          ...(isMine ? { coverFor: found.absent.name, coverUntil: found.until } : {}),
        }
      }),
    })
    const seen = rows.map((row) => [row.person, [`Patient/${row.person}`]] as const)
    await note(call.context, new Map(seen), { act: 'R', way: '$caseload' })
    return answer
  },
}

const contactClasses = `'VR', 'HH', 'AMB'`

async function rowsOf(
  { actor, scope, sql, now }: OperationCall,
  covering: Covering,
): Promise<readonly Row[]> {
  if (!actor.practitioner) return []
  const params = new Params()
  const within = scopeSql(scope, 'e', params, now)
  const agent = params.add(actor.practitioner, 'text')
  const at = params.add(now, 'timestamptz')
  const mine = `select l.person from relation l where l.agent = ${agent}
    and l.kind in ('case', 'team') and (l.until is null or l.until > ${at})`
  const cases = `e.content->>'status' in ('planned', 'waitlist', 'active', 'onhold')
    and (e.person in (${mine}) or ${coveringSql('e', covering, params)}) and ${within}`
  const { rows } = await sql.query<Row>(
    `select c.*, who.content as patient, ${diedSql('who')} as died,
        (select max(coalesce(v.content->'period'->>'start', v.content->>'sent')) from resource v
          where v.person = c.person and (
            (v.rt = 'Encounter' and v.content->'class'->>'code' in (${contactClasses}))
            or (v.rt = 'Communication' and v.content->>'status' = 'completed'
              and v.room <> 'professional'))) as last_contact
      from (${casesWithPlans(cases)}) c
      join resource who on who.rt = 'Patient' and who.id = c.person and who.content is not null
      order by review_on nulls last, c.person`,
    params.values,
  )
  return rows
}

function lineOf(row: Row, day: string): CaseloadLine {
  const patient = storedRecord(row.patient)
  const person = personFromFhir(patient as Patient, day)
  const { family = '', given = '', birthDate = '', nhsNumber = '' } = person
  return {
    ...{ person: row.person, case: row.case_id, status: row.status },
    ...{ family, given, birthDate, nhsNumber, coordinator: row.coordinator ?? '' },
    planVersion: row.plan_version === null ? '' : String(row.plan_version),
    reviewOn: row.review_on ?? '',
    lastContact: row.last_contact ?? '',
    died: row.died ?? '',
    planEmpty: row.goals === 0,
    agreed: row.said === 'agree',
  }
}
