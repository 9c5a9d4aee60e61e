import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useState } from 'react'
import { Link, useParams } from 'react-router'
import { personProgrammesQuery } from '#client/queries/programmes/programmes.ts'
import { type CriterionAnswer, needsReason } from '#domain/programme/criteria.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { isOpenEntry } from '#domain/programme/programme-entry.ts'
import type { WhyLeftOut } from '#domain/programme/why-left-out.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { EntryCard } from './entry-card.tsx'
import { answerLabels, answerMarks } from './programme-labels.ts'
import { StepForm } from './step-form.tsx'

/** The programmes of one person: what they are in, and what they could be invited to. */
export function PersonProgrammesPage() {
  const { t } = useLingui()
  return (
    <div>
      <PageHeading
        title={t`Programmes`}
        lead={t`What the person was invited to, what was done, and who may enter. Nobody is left out automatically.`}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Programmes />
      </Suspense>
    </div>
  )
}

function Programmes() {
  const { person = '' } = useParams()
  const { data } = useSuspenseQuery(personProgrammesQuery(person))
  const openIn = (id: string) =>
    data.entries.some(({ entry }) => entry.programme === id && isOpenEntry(entry))
  const offered = data.programmes.filter(({ programme }) => !openIn(programme.id))
  return (
    <>
      {data.entries.length === 0 ? (
        <EmptyState title={<Trans>In no programme</Trans>}>
          <p>
            <Trans>Nobody has invited this person to a programme yet.</Trans>
          </p>
        </EmptyState>
      ) : null}
      {data.entries.map(({ entry, programme, fidelity, criteria, excludedBy }) => (
        <EntryCard
          key={entry.id}
          person={person}
          leftOut={data.leftOut}
          asksWhy={asksWhy(criteria, excludedBy)}
          {...{ entry, programme, fidelity }}
        />
      ))}
      <NotInvited leftOut={data.leftOut} inUse={data.inUse} />
      {offered.map(({ programme, criteria, excludedBy, wasDeclined }) => (
        <Offered
          key={programme.id}
          mayInvite={!data.leftOut}
          {...{ person, programme, criteria, excludedBy, wasDeclined }}
        />
      ))}
    </>
  )
}

type Answered = readonly Readonly<{ words: string; answer: CriterionAnswer }>[]

const asksWhy = (answers: Answered, excluded: readonly string[]) =>
  excluded.length > 0 || needsReason(answers.map(({ answer }) => answer))

type NotInvitedProps = Readonly<{ leftOut: WhyLeftOut | undefined; inUse: string | undefined }>

/** Why nobody goes on with this person. */
function NotInvited({ leftOut, inUse }: NotInvitedProps) {
  const words: Readonly<Record<WhyLeftOut, ReactNode>> = {
    died: (
      <Trans>This person has died. What is still open can be ended, with the reason “died”.</Trans>
    ),
    joined: (
      <Trans>
        This record was joined to another. Go on in{' '}
        <Link to={`/people/${inUse ?? ''}/programmes`}>the record in use</Link>. What is still open
        here can be ended.
      </Trans>
    ),
    'set-aside': (
      <Trans>This record is no longer in use. What is still open here can be ended.</Trans>
    ),
    case: (
      <Trans>
        This person said no to case management. Nobody invites them or tries to reach them for a
        programme. Care stays the same.
      </Trans>
    ),
    finding: (
      <Trans>
        This person said no to being looked for. Nobody invites them or tries to reach them for a
        programme. Care stays the same.
      </Trans>
    ),
  }
  if (!leftOut) return null
  return (
    <Notice tone="info" title={<Trans>Cannot be invited</Trans>}>
      <p>{words[leftOut]}</p>
    </Notice>
  )
}

type OfferedProps = Readonly<{
  person: string
  programme: Programme
  criteria: Answered
  excludedBy: readonly string[]
  wasDeclined: boolean
  mayInvite: boolean
}>

/** A programme that the person is not in: who may enter, and what the record shows of it. */
function Offered(props: OfferedProps) {
  const { person, programme, criteria, excludedBy, wasDeclined, mayInvite } = props
  const { t, i18n } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const { title } = programme
  return (
    <Card title={title}>
      <p>{programme.purpose}</p>
      <h3>
        <Trans>Who may enter</Trans>
      </h3>
      <ul className="programme-lines">
        {criteria.map(({ words, answer }) => (
          <li key={words}>
            {words}{' '}
            <StateMark state={answerMarks[answer]}>{i18n._(answerLabels[answer])}</StateMark>
          </li>
        ))}
      </ul>
      {excludedBy.length > 0 ? (
        <p>
          <StateMark state="due">
            <Trans>Not at the same time as: {excludedBy.join(', ')}</Trans>
          </StateMark>
        </p>
      ) : null}
      {wasDeclined ? (
        <p>
          <StateMark state="due">
            <Trans>Said no to this before</Trans>
          </StateMark>
        </p>
      ) : null}
      {mayInvite && !isOpen ? (
        <Button variant="outline" aria-label={t`Invite to ${title}`} onClick={() => setOpen(true)}>
          <Trans>Invite</Trans>
        </Button>
      ) : null}
      {mayInvite && isOpen ? (
        <StepForm
          kind="invited"
          asksWhy={excludedBy.length > 0 || wasDeclined}
          onClose={() => setOpen(false)}
          {...{ person, programme }}
        />
      ) : null}
    </Card>
  )
}
