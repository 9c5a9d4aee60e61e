import type { Address, Patient } from '@medplum/fhirtypes'
import { unverifiedNumbers } from '#domain/import/nhs-number-identifier.ts'
import type { AlikePair, DecidedPair } from '#domain/person/duplicates-fhir.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import { registrationsOf } from '#domain/roster/registrations-of.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { firstUndecided, seenOf } from '#server/store/roster/undecided-alike.ts'
import { alikeMatchSql, decidedSeen } from './alike-match.ts'

const mostDecided = 20

/** Both records within the caller’s reach: nobody learns of somebody whom they may not see. */
function bothReached({ scope, now }: OperationCall, params: Params): string {
  const reached = (table: string) => personRowScopeSql(scope, table, params, now)
  return `${reached('p')} and ${reached('o')}`
}

/** The first pairs to decide about, and how many there are. Those that share a number are listed by their number. */
export async function alikeToDecide(
  call: OperationCall,
  first: number,
): Promise<Readonly<{ pairs: readonly AlikePair[]; total: number }>> {
  const { sql } = call.context.service
  const params = new Params()
  const where = `coalesce(p.nhs <> o.nhs, true) and ${bothReached(call, params)}`
  const asked = { where, values: params.values, today: call.today, first }
  const { pairs, total } = await firstUndecided(sql, asked)
  const names = await namesIn(
    call,
    pairs.flatMap(({ sides }) => sides.map(({ patient }) => patient)),
  )
  const shown = pairs.map(({ sides, compared }) => ({
    records: sides.map(({ patient }) => recordOf(patient, names, call.today)),
    ...compared,
    seen: seenOf(sides),
  }))
  return { pairs: shown, total }
}

type Names = Readonly<{ practices: ReadonlyMap<string, string>; withCase: ReadonlySet<string> }>

async function namesIn({ context }: OperationCall, patients: readonly Patient[]): Promise<Names> {
  const { sql } = context.service
  const practices = patients.flatMap((each) =>
    registrationsOf(each).map(({ organisation }) => organisation),
  )
  const named = await sql.query<{ id: string; name: string | null }>(
    `select id, content->>'name' as name from resource where rt = 'Organization' and id = any($1::text[]) and content is not null`,
    [practices],
  )
  const open = await sql.query<{ person: string }>(
    `select person from person_row where person = any($1::text[]) and case_status in ('planned', 'waitlist', 'active', 'onhold')`,
    [patients.map(({ id }) => id ?? '')],
  )
  return {
    practices: new Map(named.rows.map(({ id, name }) => [id, name ?? id])),
    withCase: new Set(open.rows.map(({ person }) => person)),
  }
}

function recordOf(
  patient: Patient & { id: string },
  { practices, withCase }: Names,
  today: string,
) {
  const [name] = patient.name ?? []
  const [checked] = nhsNumbers(patient, today)
  const [practice] = registrationsOf(patient)
  const said = {
    ...{ family: name?.family, given: name?.given?.join(' '), birthDate: patient.birthDate },
    ...{ gender: patient.gender, address: addressLine(patient.address?.[0]) },
    nhsNumber: checked ?? unverifiedNumbers(patient, today)[0],
    practice: practice && (practices.get(practice.organisation) ?? practice.organisation),
  }
  return {
    id: patient.id,
    ...(Object.fromEntries(
      Object.entries(said).filter(([, value]) => value !== undefined && value !== ''),
    ) as Partial<Record<keyof typeof said, string>>),
    isChecked: checked !== undefined,
    hasOpenCase: withCase.has(patient.id),
  }
}

const addressLine = ({ line = [], city, postalCode }: Address = {}): string =>
  [...line, city, postalCode].filter(Boolean).join(', ')

type DecidedRow = Readonly<
  Record<'person' | 'other' | 'decision' | 'by' | 'at', string> &
    Record<'family' | 'given' | 'other_family' | 'other_given', string | null>
>

export async function alikeDecidedOf(call: OperationCall): Promise<readonly DecidedPair[]> {
  const params = new Params()
  const { rows } = await call.context.service.sql.query<DecidedRow>(
    `select m.person, m.other, ${alikeMatchSql}, p.family, p.given,
       o.family as other_family, o.given as other_given
     from possible_match m join person_row p on p.person = m.person join person_row o on o.person = m.other
     where m.decision is not null and ${bothReached(call, params)}
     order by m.decided_at desc, m.person limit ${mostDecided}`,
    params.values,
  )
  return rows.map(({ decision, by, at, ...row }) => ({
    records: [
      { id: row.person, family: row.family ?? '', given: row.given ?? '' },
      { id: row.other, family: row.other_family ?? '', given: row.other_given ?? '' },
    ],
    ...{ decision: decision as DecidedPair['decision'], by: by ?? '', at },
    seen: decidedSeen({ decision, at }),
  }))
}
