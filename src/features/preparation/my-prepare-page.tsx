import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { carerRooms } from '#client/queries/care-plan/carer-rooms.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { recordQuery } from '#client/queries/patient/record-query.ts'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import { useSession } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { preparedFor } from '#domain/preparation/preparation.ts'
import type { RecordedResult } from '#domain/record/recorded-result.ts'
import { BackToHouse } from '#features/parts/back-to-house.tsx'
import { Visits } from '#features/parts/conversation/visits.tsx'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { ResultText } from '#features/parts/record/result-text.tsx'
import { resultWords } from '#features/parts/record/result-words.ts'
import { TheRecordSays } from '#features/parts/record/the-record-says.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { KeptWords } from './kept-words.tsx'
import { PrepareForm } from './prepare-form.tsx'

/** Before a conversation about the plan: results in plain words, and what to think about, at home and at leisure. */
export function MyPreparePage() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const isOwn = actor?.person !== undefined
  const person = actor?.person ?? actor?.caresFor?.[0]?.person ?? ''
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const { data: shared } = useSuspenseQuery(carerRooms(person))
  const isShared = !shared || shared.write.includes('conversation')
  return (
    <div className="my-page prepare-page">
      <title>{t`Get ready · Gable`}</title>
      <BackToHouse isOwn={isOwn} />
      <h1 tabIndex={-1}>
        <Trans>Get ready</Trans>
      </h1>
      {isShared ? (
        <Conversation
          house={house}
          isOwn={isOwn}
          seesRecord={!shared?.read || shared.read.includes('record')}
        />
      ) : (
        <p className="my-missing">
          <Trans>
            {house.givenName} has not shared this with you. You can ask {house.givenName}.
          </Trans>
        </p>
      )}
    </div>
  )
}

type Of = Readonly<{ house: HouseRecord; isOwn: boolean }>

function Conversation({ house, isOwn, seesRecord }: Of & { seesRecord: boolean }) {
  const { plan, died, person } = house
  const isPlanned = plan?.reviewOn !== undefined && !plan.ended && !died
  return (
    <>
      {isPlanned ? (
        <WhenAndWho house={house} isOwn={isOwn} />
      ) : (
        <p className="my-missing">
          <Trans>
            No talk about the plan is planned yet. When a day is set, you can get ready here.
          </Trans>
        </p>
      )}
      {seesRecord ? (
        <PartTheyMaySee>
          <MyVisits person={person} isOwn={isOwn} name={house.givenName} />
          <LatestResults person={person} ofName={isOwn ? undefined : house.givenName} />
        </PartTheyMaySee>
      ) : (
        <p className="my-small">
          <Trans>
            {house.givenName} has not shared visits and results with you. You can ask{' '}
            {house.givenName}.
          </Trans>
        </p>
      )}
      {isPlanned ? (
        <Write house={house} plan={plan} isOwn={isOwn} day={plan.reviewOn ?? ''} />
      ) : (
        <KeptWords person={person} />
      )}
    </>
  )
}

function WhenAndWho({ house, isOwn }: Of) {
  const coordinator = house.caseOfPlan?.coordinator?.name
  const day = house.plan?.reviewOn ?? ''
  return (
    <p className="my-lead">
      {isOwn ? (
        <Trans>
          The next talk about your plan is on <DateText date={day} />.
        </Trans>
      ) : (
        <Trans>
          The next talk about {house.givenName}’s plan is on <DateText date={day} />.
        </Trans>
      )}{' '}
      {coordinator ? <Trans>{coordinator} will be there.</Trans> : null}{' '}
      <Trans>Write what you like. You can stop and come back.</Trans>
    </p>
  )
}

function MyVisits(props: Readonly<{ person: string; isOwn: boolean; name: string }>) {
  const { person, isOwn, name } = props
  return (
    <section aria-labelledby="visits-title">
      <h2 id="visits-title">
        {isOwn ? <Trans>Your visits</Trans> : <Trans>{name}’s visits</Trans>}
      </h2>
      <Visits person={person} to="person" />
    </section>
  )
}

const mostResults = 6

function LatestResults({
  person,
  ofName,
}: Readonly<{ person: string; ofName: string | undefined }>) {
  const { data: record } = useSuspenseQuery(recordQuery(person))
  const results = record.results.slice(0, mostResults)
  return (
    <section aria-labelledby="results-title">
      <h2 id="results-title">
        {ofName ? <Trans>The latest results</Trans> : <Trans>Your latest results</Trans>}
      </h2>
      {results.length === 0 ? (
        <p className="my-missing">
          <Trans>There are no results yet.</Trans>
        </p>
      ) : (
        <p className="my-small">
          <Trans>These plain words are ours. No doctor or nurse has checked them yet.</Trans>
        </p>
      )}
      <ul className="my-list">
        {results.map((result) => (
          <li key={result.id} className="my-card">
            <p>
              <ResultText result={result} ofName={ofName} />
            </p>
            <p className="my-small">
              <ResultMeans result={result} />{' '}
              {result.at ? (
                <Trans>
                  From <DateText date={result.at} />.
                </Trans>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/my/record">
          <Trans>See the whole record in plain words</Trans>
        </Link>
      </p>
    </section>
  )
}

/** What the result means, and the word of the record beside it. */
function ResultMeans({ result: { plain, coded } }: Readonly<{ result: RecordedResult }>) {
  const { i18n } = useLingui()
  if (!plain) return null
  const { means } = resultWords[plain]
  return (
    <>
      {means && i18n._(means)} <TheRecordSays words={coded} />
    </>
  )
}

function Write({ house, plan, isOwn, day }: Of & Readonly<{ plan: Plan; day: string }>) {
  const { person, givenName } = house
  const { data } = useSuspenseQuery(conversationsQuery(person))
  const me = whoAmI(person)
  const current = preparedFor(data.preparations, data.held).find(
    (each) => each.saidBy?.reference === me.reference,
  )
  return (
    <section aria-labelledby="write-title">
      <h2 id="write-title">
        <Trans>What to think about</Trans>
      </h2>
      <p className="my-small">
        {isOwn ? (
          <Trans>Leave out what you like. Only your team reads this, and only you change it.</Trans>
        ) : (
          <Trans>Write in your own name. {givenName} and the team can read this.</Trans>
        )}
      </p>
      {current?.by?.voice === 'professional' ? (
        <p>
          <Trans>{current.by.name} wrote this down for you. You can change it.</Trans>
        </p>
      ) : null}
      <PrepareForm
        {...{ person, plan, day, me, current }}
        carerOf={isOwn ? undefined : givenName}
      />
      <Button variant="link" onClick={() => globalThis.print()}>
        <Trans>Print this page, to write on paper</Trans>
      </Button>
    </section>
  )
}
