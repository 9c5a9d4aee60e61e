import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { conversationsQuery } from '#client/queries/preparation/conversation.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import {
  askedQuestions,
  type Preparation,
  preparedFor,
  unanswered,
} from '#domain/preparation/preparation.ts'
import { preparationPrompts } from '#domain/preparation/prompts.ts'
import { PartTheyMaySee } from '#features/parts/part-they-may-see.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Card } from '#ui/layout/card.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { AskedQuestions } from './asked-questions.tsx'
import { usePromptLabels } from './prompt-labels.ts'
import { Visits } from './visits.tsx'

type PreparedProps = Readonly<{
  house: HouseRecord
  /** the questions are shown, and the rest on request: on a page that is about something else */
  isBrief?: boolean
}>

/** What was prepared for the next conversation, read by staff before they meet; the person’s own question first. */
export function PreparedCard(props: PreparedProps) {
  const { house } = props
  if (house.died || !house.plan || house.plan.ended) return null
  return (
    <PartTheyMaySee>
      <Suspense fallback={<Skeleton lines={3} />}>
        <Prepared {...props} />
      </Suspense>
    </PartTheyMaySee>
  )
}

function Prepared({ house, isBrief = false }: PreparedProps) {
  const { person, givenName, plan } = house
  const { data } = useSuspenseQuery(conversationsQuery(person))
  const prepared = preparedFor(data.preparations, data.held)
  const before = data.preparations.filter((each) => !prepared.includes(each))
  const left = unanswered(askedQuestions(before, data.questionAnswers))
  const asked = [...askedQuestions(prepared, data.questionAnswers), ...left]
  if (prepared.length + left.length === 0)
    return plan?.reviewOn ? (
      <NotPrepared house={house} day={plan.reviewOn} isBrief={isBrief} />
    ) : null
  const hasOwn = prepared.some(({ saidBy }) => saidBy?.voice === 'person')
  const author = hasOwn ? givenName : prepared[0]?.saidBy?.name
  const words = prepared.map((each) => (
    <PreparedWords key={each.id} preparation={each} givenName={givenName} />
  ))
  return (
    <Card
      className="prepared-card"
      title={
        author === undefined ? (
          <Trans>Asked before, and not answered yet</Trans>
        ) : plan?.reviewOn ? (
          <Trans>
            {author} has prepared for <DateText date={plan.reviewOn} />
          </Trans>
        ) : (
          <Trans>{author} has prepared</Trans>
        )
      }
    >
      {asked.length > 0 ? <AskedQuestions {...{ person, givenName, asked }} /> : null}
      {isBrief && prepared.length > 0 ? (
        <details>
          <summary>
            <Trans>Read all that was written</Trans>
          </summary>
          {words}
        </details>
      ) : (
        words
      )}
      <VisitsSince person={person} isOpen={!isBrief} />
    </Card>
  )
}

/** Read only when somebody opens it, on a page that is about something else: the plan opens with one call. */
function VisitsSince({ person, isOpen }: Readonly<{ person: string; isOpen: boolean }>) {
  const [open, setOpen] = useState(isOpen)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <Trans>Visits since the last talk, and visits that are planned</Trans>
      </summary>
      {open ? (
        <PartTheyMaySee>
          <Suspense fallback={<Skeleton lines={3} />}>
            <Visits person={person} to="professional" />
          </Suspense>
        </PartTheyMaySee>
      ) : null}
    </details>
  )
}

type NotPreparedProps = Readonly<{ house: HouseRecord; day: string; isBrief: boolean }>

function NotPrepared({ house, day, isBrief }: NotPreparedProps) {
  return (
    <div className="prepared-not">
      <p>
        <Trans>
          {house.givenName} has not prepared for <DateText date={day} /> yet.
        </Trans>{' '}
        <LinkButton to={`/people/${house.person}/prepare`} variant="link">
          <Trans>Get ready with {house.givenName}</Trans>
        </LinkButton>
      </p>
      <VisitsSince person={house.person} isOpen={!isBrief} />
    </div>
  )
}

function PreparedWords({
  preparation,
  givenName,
}: Readonly<{ preparation: Preparation; givenName: string }>) {
  const isCarer = preparation.saidBy?.voice === 'carer'
  const labels = usePromptLabels(isCarer ? givenName : undefined)
  const { answers, confident, by, supportedBy, saidBy, written } = preparation
  const said = preparationPrompts.filter((prompt) => answers[prompt])
  return (
    <div className="prepared-words">
      {isCarer ? (
        <h3>
          <Trans>
            {saidBy?.name}, who cares for {givenName}
          </Trans>
        </h3>
      ) : null}
      <dl>
        {said.map((prompt) => (
          <div key={prompt}>
            <dt>{labels[prompt]}</dt>
            <dd>
              <SaidQuote size="row" isPersons={!isCarer}>
                {answers[prompt]}
              </SaidQuote>
            </dd>
          </div>
        ))}
        {confident === undefined ? null : (
          <div>
            <dt>{labels.confident}</dt>
            <dd>
              <Trans>{confident} of 10</Trans>
            </dd>
          </div>
        )}
      </dl>
      <p className="gable-meta">
        {by?.voice === 'professional' ? (
          <Trans>
            Said by {givenName}, written down by {by.name}.
          </Trans>
        ) : null}{' '}
        {supportedBy?.name ? <Trans>{supportedBy.name} helped to write this.</Trans> : null}{' '}
        {written ? <DateText date={written.at} withTime /> : null}
      </p>
    </div>
  )
}
