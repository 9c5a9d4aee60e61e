import { Trans } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import {
  agreeToOwnAmber,
  ownAmberQuery,
  takeBackOwnAmber,
} from '#client/queries/own-amber/own-amber.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { whatToDo } from '#domain/plan/house/what-to-do.ts'
import { planForNow } from '#domain/reading/advice.ts'
import type { StandingOwnAmber } from '#domain/reading/own-amber.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { WhatToDo } from '#ui/text/what-to-do.tsx'
import { OwnAmberForm } from './own-amber-form.tsx'
import { OwnAmberWords } from './own-amber-words.tsx'

/** For the person and a carer: their own signs of an amber day, what to do then, and a new one. `of`: for a carer, whose. */
export function MyOwnAmber({ person, of }: Readonly<{ person: string; of: string | undefined }>) {
  const { data: standing } = useSuspenseQuery(ownAmberQuery(person))
  const [writing, setWriting] = useState(false)
  const own = whoAmI(person).reference
  const mine = standing.find(({ rule }) => rule.by.reference === own)
  return (
    <>
      {standing.map((each) => (
        <OwnAmberWords key={each.rule.id} standing={each} />
      ))}
      {standing.length > 0 ? <AmberStep person={person} /> : null}
      {writing ? (
        <OwnAmberForm person={person} isOwn={!of} onDone={() => setWriting(false)} />
      ) : (
        <div className="two-ways-out">
          <Button variant="outline" onClick={() => setWriting(true)}>
            {mine ? <Trans>Write a new amber sign</Trans> : <Trans>Write an amber sign</Trans>}
          </Button>
          {mine ? <TakeBack id={mine.rule.id} /> : null}
        </div>
      )}
    </>
  )
}

function TakeBack({ id }: { id: string }) {
  const saving = useSaveState()
  return (
    <>
      <Button
        variant="link"
        pending={saving.pending}
        onClick={() => void saving.run(() => takeBackOwnAmber(id))}
      >
        <Trans>This sign no longer counts</Trans>
      </Button>
      <SaveNote saving={saving} />
    </>
  )
}

/** What the plan says for an amber day. */
function AmberStep({ person }: { person: string }) {
  const { data: house } = useSuspenseQuery(planQueries.house(person))
  const amber = planForNow(house.whatIf).steps.find(({ level }) => level === 'amber')
  return (
    <>
      {amber ? (
        <WhatToDo {...whatToDo(amber.step)} strong />
      ) : (
        <p>
          <Trans>The plan does not say yet what to do on an amber day.</Trans>
        </p>
      )}
      <p>
        <Link to="/my#today">
          <Trans>Is today amber or red? Say so: nothing is worked out from a reading.</Trans>
        </Link>
      </p>
    </>
  )
}

/** For the team: what the person and the carers take as a sign of an amber day, and that one agrees with it. */
export function OwnAmberCard({ person, name }: Readonly<{ person: string; name: string }>) {
  const { data: standing } = useSuspenseQuery(ownAmberQuery(person))
  return (
    <Card title={<Trans>Their own amber signs</Trans>}>
      {standing.length === 0 ? (
        <p>
          <Trans>{name} and the carers have written none yet.</Trans>
        </p>
      ) : null}
      {standing.map((each) => (
        <div key={each.rule.id}>
          <OwnAmberWords standing={each} />
          {each.agreed ? null : <Agree person={person} standing={each} />}
        </div>
      ))}
      <p className="gable-meta">
        <Trans>
          It raises no alert. Whoever wrote it is told at the reading, with what the plan says.
        </Trans>
      </p>
    </Card>
  )
}

function Agree({ person, standing }: Readonly<{ person: string; standing: StandingOwnAmber }>) {
  const saving = useSaveState()
  const [id] = useState(() => crypto.randomUUID())
  const agree = async () => {
    if (await saving.run(() => agreeToOwnAmber({ id, person, rule: standing.rule.id })))
      toast(<Trans>Saved.</Trans>, () => takeBackOwnAmber(id))
  }
  return (
    <>
      <SaveNote saving={saving} />
      <Button variant="outline" pending={saving.pending} onClick={() => void agree()}>
        <Trans>Agree to this sign</Trans>
      </Button>
    </>
  )
}
