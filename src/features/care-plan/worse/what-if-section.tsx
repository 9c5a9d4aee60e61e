import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useRecordForm } from '#client/forms/use-record-form.ts'
import { saveWhatIf } from '#client/queries/care-plan/plan.ts'
import { type Plan, type WhatIf, whatIfIdFor, whatIfLevels } from '#domain/plan/plan.ts'
import { LevelSuggestions } from '#features/care-plan/suggestions/level-suggestions.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { savedWithUndo } from '#features/parts/undo/saved-with-undo.tsx'
import { CarerIllList } from '#features/parts/worse/carer-ill-list.tsx'
import { JustInCaseList } from '#features/parts/worse/just-in-case-list.tsx'
import { useColour } from '#features/parts/worse/use-colour.ts'
import { WhatIfLevels } from '#features/parts/worse/what-if-levels.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CarerIllFields } from './carer-ill-fields.tsx'
import { JustInCaseFields } from './just-in-case-fields.tsx'
import { LevelFields } from './level-fields.tsx'

const nothing = { sign: '', doWhat: '', ring: '' }

/** If things get worse: green, amber and red, what is kept ready, and what happens if the carer is ill. */
export function WhatIfSection({ view, plan }: { view: HouseView; plan: Plan }) {
  const { house } = view
  const [open, setOpen] = useState(false)
  const editing = useRecordForm<WhatIf>({
    key: `what-if:${plan.caseId}`,
    current: house.whatIf,
    fresh: {
      ...{ id: whatIfIdFor(plan.caseId), person: plan.person, caseId: plan.caseId },
      ...{ green: nothing, amber: nothing, red: nothing },
    },
    save: savedWithUndo('CarePlan', plan.id, (edit) => saveWhatIf(plan, edit)),
  })
  const isOpen = open || editing.isDraft
  return (
    <section className="gable-section" aria-labelledby="what-if-title">
      <h2 id="what-if-title">
        <Trans>If things get worse</Trans>
      </h2>
      {isOpen ? (
        <div className="gable-form">
          {whatIfLevels.map((level) => (
            <LevelFields key={level} level={level} editing={editing} house={house} />
          ))}
          <JustInCaseFields editing={editing} />
          <CarerIllFields editing={editing} house={house} />
          <SaveBar editing={editing} onDone={() => setOpen(false)} />
        </div>
      ) : (
        <>
          <Shown view={view} />
          <Button variant="link" onClick={() => setOpen(true)}>
            <Trans>Change what to do if things get worse</Trans>
          </Button>
        </>
      )}
    </section>
  )
}

function Shown({ view: { house } }: { view: HouseView }) {
  const colour = useColour(house)
  const { whatIf } = house
  if (!whatIf) return <EmptyState title={<Trans>Not written yet</Trans>} />
  const today = colour?.isCurrent ? colour.said.colour : undefined
  return (
    <>
      <WhatIfLevels
        whatIf={whatIf}
        hours={house.hours}
        today={today}
        beside={(level) => <LevelSuggestions {...{ house, whatIf, level }} />}
      />
      <h3>
        <Trans>Kept ready, just in case</Trans>
      </h3>
      {whatIf.justInCase ? (
        <JustInCaseList items={whatIf.justInCase} />
      ) : (
        <EmptyState title={<Trans>Nothing is kept ready yet</Trans>} />
      )}
      <h3>
        <Trans>If the carer is ill</Trans>
      </h3>
      {whatIf.carerIll ? (
        <CarerIllList steps={whatIf.carerIll} />
      ) : (
        <EmptyState title={<Trans>Not said yet who steps in</Trans>} />
      )}
    </>
  )
}
