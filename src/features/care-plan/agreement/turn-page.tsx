import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { turnScreen } from '#client/queries/answer/turned-screen.ts'
import { languageOfTurned } from '#client/session/language.ts'
import { languageOf } from '#domain/language/languages.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { NoPlan } from '#features/care-plan/no-plan.tsx'
import { useHouse } from '#features/care-plan/use-house.ts'
import {
  HelperFields,
  isHelperNamed,
  namedHelpers,
  nobodyBeside,
} from '#features/parts/answer/helper-fields.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** Before the screen is turned: what the person will see, who is with them, and that it takes a sign-in to come back. */
export function TurnPage() {
  const { t } = useLingui()
  const { house, root } = useHouse()
  const { plan, givenName } = house
  return (
    <div className="gable-plan">
      <PageHeading title={t`Turn the screen to ${givenName}`} />
      {plan && !house.died ? (
        <Turn plan={plan} name={givenName} preferred={house.preferredLanguage} />
      ) : (
        <NoPlan house={house} root={root} />
      )}
    </div>
  )
}

type Turned = Readonly<{ plan: Plan; name: string; preferred: string | undefined }>

function Turn({ plan, name, preferred }: Turned) {
  const [helper, setHelper] = useState(nobodyBeside)
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const turn = async () => {
    setTried(true)
    if (!isHelperNamed(helper)) return
    await run(async () => {
      try {
        languageOfTurned(languageOf(preferred))
        await turnScreen(plan, namedHelpers(helper))
      } catch (error) {
        if (error instanceof FhirError && error.status === 409) await noteChangeEvent(['CarePlan'])
        throw error
      }
    })
  }
  return (
    <section className="gable-section">
      <p>
        <Trans>
          {name} sees this plan, version {plan.version}, in large words, one part at a time, and can
          say yes, yes but not this, or not like this.
        </Trans>
      </p>
      <ul>
        <li>
          <Trans>Nothing else can be opened on this screen: no other page, no other person.</Trans>
        </li>
        <li>
          <Trans>To go on working you sign in again.</Trans>
        </li>
        <li>
          <Trans>
            It needs a connection to begin. If the connection is lost while {name} reads, the answer
            waits on the tablet. Without a connection, use paper.
          </Trans>
        </li>
      </ul>
      <CheckedForm onSubmit={turn}>
        <HelperFields helper={helper} onChange={setHelper} tried={tried} />
        <NotTurned failure={failure} />
        <Button type="submit" pending={pending}>
          <Trans>Turn the screen now</Trans>
        </Button>
      </CheckedForm>
    </section>
  )
}

function NotTurned({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  const kind = failure instanceof FhirError ? failure.kind : undefined
  return (
    <Notice tone="danger" title={<Trans>The screen was not turned</Trans>}>
      <p>
        {kind === 'stale' ? (
          <Trans>Someone has just changed the plan. Read it again, then turn the screen.</Trans>
        ) : kind === 'offline' || kind === 'unreachable' ? (
          <Trans>There is no connection. Try again when there is, or use paper.</Trans>
        ) : failure instanceof FhirError ? (
          failure.message
        ) : (
          <Trans>Try again.</Trans>
        )}
      </p>
    </Notice>
  )
}
