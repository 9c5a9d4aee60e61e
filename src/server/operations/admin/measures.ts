import { measuresParameters } from '#domain/case/measures.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { afterForm } from '#domain/preparation/prompts.ts'
import { offerCategory } from '#domain/support/is-offer.ts'
import type { OfferAnswer } from '#domain/support/offer.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { optedOutSql } from '#server/opt-out/opted-out.ts'
import { forbidden } from '#server/problem.ts'
import { Params } from '#server/store/params.ts'
import { casesWithPlans, diedSql } from '#server/store/summary/case-sql.ts'

type Counts = Readonly<Record<keyof In<typeof measuresParameters>, number | string>>

/** How the service does, in numbers only. No name, no id, and no number small enough to identify somebody. */
export const measuresOperation: Operation = {
  name: 'measures',
  on: 'system',
  changes: false,
  purpose:
    'Cases, plans, unmet needs, help that was offered and what people said after conversations in an organisation, rounded to the nearest five; small numbers are not shown',
  async run(call) {
    const { role } = call.actor
    if (role !== 'manager' && role !== 'admin') throw forbidden('Your role cannot see measures')
    const counts = await countsOf(call)
    const count = (name: keyof Counts) => roundedMeasure(Number(counts?.[name] ?? 0))
    return measuresParameters.write({
      ...{ listed: count('listed'), open: count('open'), paused: count('paused') },
      ...{ agreed: count('agreed'), waiting: count('waiting'), without: count('without') },
      ...{ overdue: count('overdue'), unmet: count('unmet') },
      ...{ offered: count('offered'), takenUp: count('takenUp'), helped: count('helped') },
      ...{ asked: count('asked'), talked: count('talked'), talkedPartly: count('talkedPartly') },
      ...{ talkedNot: count('talkedNot'), decided: count('decided') },
      leftOut: count('leftOut'),
      ...{ decidedPartly: count('decidedPartly'), decidedNot: count('decidedNot') },
    })
  },
}

/** Answers after conversations, of the people with a running case. */
const answers = (condition: string) =>
  `(select count(*) from resource q where q.rt = 'QuestionnaireResponse' and q.content is not null
     and q.content ->> 'status' = 'completed' and q.content ->> 'questionnaire' like '${afterForm.url}%'
     and q.person in (select person from cases where status in ('active', 'onhold')) ${condition})`

const said = (question: string, code: string) =>
  answers(
    `and q.content -> 'item' @> '[{"linkId": "${question}", "answer": [{"valueCoding": {"code": "${code}"}}]}]'`,
  )

const saidAfter = [
  `${answers('')} as asked`,
  ...['talked', 'decided'].flatMap((question) => [
    `${said(question, 'yes')} as ${question}`,
    `${said(question, 'partly')} as "${question}Partly"`,
    `${said(question, 'no')} as "${question}Not"`,
  ]),
].join(',\n       ')

/** Offers of help to the people with a running case, by what the person said about them. */
const offers = (condition = '') =>
  `(select count(*) from resource o where o.rt = 'ServiceRequest' and o.content is not null
     and o.content -> 'category' @> '[{"coding": [{"code": "${offerCategory}"}]}]'
     and o.person in (select person from cases where status in ('active', 'onhold')) ${condition})`

const withWord = (...answers: readonly OfferAnswer[]) => {
  const isOne = answers.map(
    (answer) =>
      `w.content -> 'valueCodeableConcept' @> '{"coding": [{"code": "support-${answer}"}]}'`,
  )
  return `and exists (select 1 from resource w where w.rt = 'Observation' and w.person = o.person
     and w.content ->> 'status' = 'final' and w.content -> 'focus' -> 0 ->> 'reference' = 'ServiceRequest/' || o.id
     and (${isOne.join(' or ')}))`
}

const offered = [
  `${offers()} as offered`,
  `${offers(withWord('taken-up'))} as "takenUp"`,
  `${offers(withWord('helped', 'helped-little'))} as helped`,
].join(',\n       ')

/** A manager counts the cases of their own organisation; an administrator those of all. */
async function countsOf({
  actor,
  context,
  today: day,
}: OperationCall): Promise<Counts | undefined> {
  const params = new Params()
  const today = params.add(day, 'text')
  const home = params.add(`Organization/${actor.organisation ?? ''}`, 'text')
  const ours =
    actor.role === 'admin'
      ? `${home} is not null`
      : `e.content->'managingOrganization'->>'reference' = ${home}`
  const running = `status in ('active', 'onhold')`
  const people = (condition: string) => `count(distinct person) filter (where ${condition})`
  const { rows } = await context.service.sql.query<Counts>(
    `with everybody as (${casesWithPlans(`${ours} and e.content->>'status' in ('planned', 'waitlist', 'active', 'onhold')
       and not exists (select 1 from resource who where who.rt = 'Patient' and who.id = e.person and ${diedSql('who')} is not null)`)}),
       cases as (select * from everybody where not ${optedOutSql('everybody.person', 'planning')})
     select ${people(`status in ('planned', 'waitlist')`)} as listed,
       ${people(`status = 'active'`)} as open,
       ${people(`status = 'onhold'`)} as paused,
       ${people(`${running} and goals > 0 and said = 'agree'`)} as agreed,
       ${people(`${running} and goals > 0 and said is distinct from 'agree'`)} as waiting,
       ${people(`${running} and goals = 0`)} as without,
       ${people(`${running} and review_on < ${today}`)} as overdue,
       (select count(*) from resource n where n.rt = 'Condition' and n.content is not null
         and n.person in (select person from cases where ${running})
         and coalesce(n.content->'clinicalStatus'->'coding'->0->>'code', 'active') not in ('resolved', 'inactive')
         and n.content->'extension' @> '[{"url": "${gableUrl('unmet-need')}", "valueBoolean": true}]'
       ) as unmet,
       (select count(distinct person) from everybody where ${optedOutSql('everybody.person', 'planning')}) as "leftOut",
       ${offered},
       ${saidAfter}
     from cases`,
    params.values,
  )
  return rows[0]
}
