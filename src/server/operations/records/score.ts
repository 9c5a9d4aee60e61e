import type { Resource } from '@medplum/fhirtypes'
import { charlsonAgeDays } from '#domain/risk/charlson.ts'
import { evidenceOf } from '#domain/risk/fhir.ts'
import { type PersonScore, scorePerson } from '#domain/risk/person-score.ts'
import { aboutPart } from '#domain/risk/published/part-kinds.ts'
import { type PublishedScore, publishedScoreCodes } from '#domain/risk/published/published-score.ts'
import { publishedScores, recordsOn } from '#domain/risk/published/score-of-record.ts'
import { scoredKinds } from '#domain/risk/published/scored-kinds.ts'
import { scoreParameters } from '#domain/risk/score-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { askedDay } from '#server/operations/plan/state-asked.ts'
import { FhirProblem } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * The scores of one person on a day (`date`, today without it), from the records that the caller may see, with the
 * records they are based on and what is missing.
 */
export const scoreOperation: Operation = {
  name: 'score',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Scores of a person on a day, each as published, with the records they are based on and what is missing',
  async run(call) {
    const day = askedDay(call, 'date') ?? call.today
    const on = { day, zone: call.context.zone }
    const stored = await recordsOf(call, call.sql)
    mustBeBornBy(day, stored)
    const records = day < call.today ? recordsOn(stored, on) : stored
    const evidence = evidenceOf(records)
    return answer({
      ...{ score: scorePerson(evidence, day), day },
      ageSince: charlsonAgeDays(evidence.birthDate).findLast((each) => each <= day),
      published: publishedScores(records, on),
    })
  },
}

function mustBeBornBy(day: string, records: readonly Resource[]): void {
  const born = records.find((each) => each.resourceType === 'Patient')?.birthDate ?? ''
  if (day.slice(0, born.length) < born)
    throw new FhirProblem(400, 'value', 'date is before the person was born')
}

export async function recordsOf(
  { id = '', scope, now }: OperationCall,
  sql: ReadingSql,
): Promise<readonly Resource[]> {
  const params = new Params()
  const { rows } = await sql.query<{ content: Resource | string }>(
    `select r.content from resource r where r.person = ${params.add(id, 'text')} and r.content is not null
     and r.rt in (${scoredKinds.map((kind) => params.add(kind, 'text')).join(', ')})
     and ${scopeSql(scope, 'r', params, now)} order by r.rt, r.id`,
    params.values,
  )
  return rows.map(({ content }) => storedRecord<Resource>(content))
}

type Answer = Readonly<{
  score: PersonScore
  day: string
  /** the birthday on which the points for age last rose */
  ageSince: string | undefined
  published: ReturnType<typeof publishedScores>
}>

function answer({ score, day, ageSince, published }: Answer) {
  const { charlson, frailty, coded, hasBirthDate, unmapped, leftOut } = score
  const { parts: groups, ...index } = charlson
  const { parts: deficits, ...count } = frailty
  return scoreParameters.write({
    charlson: {
      ...index,
      ...(ageSince ? { ageSince } : {}),
      reasons: groups.map(({ group: code, ...rest }) => described({ code, ...rest }, day)),
    },
    frailty: {
      ...{ ...count, of: 36 },
      reasons: deficits.map(({ deficit: code, inputs }) => described({ code, inputs }, day)),
    },
    coded,
    missing: [...(hasBirthDate ? [] : ['birth-date']), ...(coded ? [] : ['conditions'])],
    ...{ unmapped, leftOut, date: day },
    ...Object.fromEntries(
      publishedScoreCodes.map((code) => [code, withDescribedParts(published[code], day)]),
    ),
  })
}

const described = <T extends Parameters<typeof aboutPart>[0]>(part: T, day: string) => ({
  ...part,
  ...aboutPart(part, day),
})

const withDescribedParts = (score: PublishedScore, day: string) => ({
  ...score,
  parts: score.parts.map((part) => described(part, day)),
})
