import { Trans, useLingui } from '@lingui/react/macro'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { setReview } from '#client/queries/care-plan/plan.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { WhoSaidYes } from '#features/care-plan/agreement/who-said-yes.tsx'
import { AgreementBanner } from '#features/care-plan/agreement-banner.tsx'
import { TemplateSuggestions } from '#features/care-plan/suggestions/template-suggestions.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { AftercareSection } from '#features/care-plan/worse/aftercare-section.tsx'
import { WhatIfSection } from '#features/care-plan/worse/what-if-section.tsx'
import { WishesSection } from '#features/care-plan/worse/wishes-section.tsx'
import { CrisisSection } from '#features/parts/crisis/crisis-section.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { CarerIllCard } from '#features/parts/worse/carer-ill-card.tsx'
import { TodaysColour } from '#features/parts/worse/todays-colour.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { Button } from '#ui/layout/button.tsx'

/** Who coordinates, the next review, what to do if things get worse, what was agreed. */
export function RoofRoom({ view }: { view: HouseView }) {
  const { house } = view
  const { plan } = house
  if (!plan) return null
  return (
    <>
      <AgreementBanner view={view} />
      <section className="gable-section" aria-labelledby="who-coordinates">
        <h2 id="who-coordinates">
          <Trans>Who coordinates</Trans>
        </h2>
        <p>{house.caseOfPlan?.coordinator?.name ?? <Trans>Nobody yet</Trans>}</p>
      </section>
      <ReviewDay plan={plan} />
      <TodaysColour house={house} reader="staff" mayWrite />
      <WhatIfSection view={view} plan={plan} />
      {house.team
        .filter(({ who }) => who.voice === 'carer')
        .map(({ who }) => (
          <CarerIllCard
            key={who.reference}
            house={house}
            carer={who}
            isSelf={false}
            mayWrite
            isListed
          />
        ))}
      <WishesSection view={view} />
      <CrisisSection
        house={house}
        me={whoAmI(house.person)}
        mayWrite={!house.died}
        bar={(editing, onDone) => <SaveBar editing={editing} onDone={onDone} />}
      />
      <AftercareSection house={house} />
      <TemplateSuggestions house={house} kinds={['what-if']} />
      <WhoSaidYes view={view} />
    </>
  )
}

function ReviewDay({ plan }: { plan: Plan }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [chosen, setChosen, , isChosen, settle] = useDraft(
    `review-day:${plan.id}`,
    plan.reviewOn ?? '',
  )
  const save = async () => {
    // another date may have been chosen while this one was being saved
    if (await saving.run(() => setReview(plan, chosen))) settle(chosen)
  }
  return (
    <section className="gable-section" aria-labelledby="review-title">
      <h2 id="review-title">
        <Trans>Next review</Trans>
      </h2>
      <DateField label={t`Date of the next review`} value={chosen} onChange={setChosen} />
      <SaveNote saving={saving} />
      {isChosen && chosen !== (plan.reviewOn ?? '') && !isUnfinished(chosen) ? (
        <Button pending={saving.pending} onClick={() => void save()}>
          <Trans>Save the date</Trans>
        </Button>
      ) : null}
    </section>
  )
}
