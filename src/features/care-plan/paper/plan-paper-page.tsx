import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { patientQuery } from '#client/queries/patient/patient.ts'
import { useSession } from '#client/session/session.ts'
import { isStaff } from '#domain/access/actor.ts'
import { type Language, languageOf } from '#domain/language/languages.ts'
import { useHouse } from '#features/care-plan/use-house.ts'
import { InLanguage } from '#features/parts/language/in-language.tsx'
import { LanguageButtons } from '#features/parts/language/language-choice.tsx'
import { UnreviewedNote } from '#features/parts/language/translation-mark.tsx'
import { TakePlanButton } from '#features/parts/whole-plan/take-plan.tsx'
import { WholePlan } from '#features/parts/whole-plan/whole-plan.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'

/** The whole plan on one page: to read, to print, to give to the person, or to send to another service. */
export function PlanPaperPage() {
  const { t } = useLingui()
  const { house, root } = useHouse()
  const { data } = useSuspenseQuery(patientQuery(house.person))
  const mayTake = useSession(({ actor }) => actor !== undefined && isStaff(actor))
  const { birthDate, nhsNumber } = data.person
  const [language, setLanguage] = useState(languageOf(house.preferredLanguage) ?? 'en')
  return (
    <div className="gable-plan plan-paper">
      <p className="plan-paper__back">
        <Link to={root}>
          <Trans>Back to the house</Trans>
        </Link>
      </p>
      <PageHeading
        title={t`${house.givenName}’s plan on paper`}
        actions={
          <Button onClick={() => globalThis.print()}>
            <Trans>Print</Trans>
          </Button>
        }
      />
      <LanguageButtons language={language} onChoose={setLanguage} />
      <InLanguage language={language}>
        <UnreviewedNote language={language} />
        <WholePlan house={house} born={birthDate} nhsNumber={nhsNumber} />
      </InLanguage>
      {house.plan && mayTake ? (
        <TakePlan planId={house.plan.id} name={house.givenName} language={language} />
      ) : null}
    </div>
  )
}

type Taken = Readonly<{ planId: string; name: string; language: Language }>

function TakePlan({ planId, name, language }: Taken) {
  return (
    <section className="take-plan" aria-labelledby="take-plan-title">
      <h2 id="take-plan-title">
        <Trans>Take the plan as a file</Trans>
      </h2>
      <p>
        <Trans>
          One file that opens in any browser and prints. It also carries the plan in the standard
          for health records (FHIR), so that another Gable or another system can import it. Anyone
          who has the file can read it: it has no password, and it does not change when the plan
          changes.
        </Trans>
      </p>
      <div className="take-plan__files">
        <TakePlanButton planId={planId} format="page" language={language}>
          <Trans>
            For {name}: what {name} may see
          </Trans>
        </TakePlanButton>
        <TakePlanButton planId={planId} format="text" language={language}>
          <Trans>The same as plain text</Trans>
        </TakePlanButton>
      </div>
      <FullPlan planId={planId} />
    </section>
  )
}

/** For another service: everything this professional may see. The service asks why. */
function FullPlan({ planId }: { planId: string }) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const isMissing = () => {
    setTried(true)
    return reason.trim() === ''
  }
  return (
    <details>
      <summary>
        <Trans>For another service: everything you may see</Trans>
      </summary>
      <p>
        <Trans>
          This includes what professionals said among themselves about the plan. The audit log shows
          the person that you made it, and your reason.
        </Trans>
      </p>
      <TextArea
        label={t`Why this copy is made`}
        hint={t`For example: moves to the clinic in Elsewhere on 3 November`}
        rows={2}
        value={reason}
        onChange={setReason}
        {...(tried && reason.trim() === '' ? { error: t`Enter why the copy is made` } : {})}
      />
      <div className="take-plan__files">
        <TakePlanButton {...{ planId, format: 'page', reason: reason.trim(), isMissing }}>
          <Trans>A page that also carries the data (FHIR)</Trans>
        </TakePlanButton>
        <TakePlanButton {...{ planId, format: 'bundle', reason: reason.trim(), isMissing }}>
          <Trans>The data alone (FHIR)</Trans>
        </TakePlanButton>
      </div>
    </details>
  )
}
