import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { casesQuery } from '#client/queries/care-plan/case.ts'
import { pauseCase, resumeCase } from '#client/queries/care-plan/review.ts'
import { type Case, standingCase } from '#domain/case/case.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { CloseCase } from './close-case.tsx'
import { ClosedCase } from './closed-case.tsx'
import { LighterLevel } from './lighter-level.tsx'

/** What happens with the case: pause, restart, close. */
export function CaseCard({ house }: { house: HouseRecord }) {
  const { data: cases } = useSuspenseQuery(casesQuery(house.person))
  const standing = standingCase(cases)
  if (!standing) return <ClosedCase cases={cases} died={house.died !== undefined} />
  return (
    <Card title={<Trans>The case</Trans>} className="case-card">
      {house.died ? null : standing.state === 'paused' ? (
        <Paused paused={standing} />
      ) : (
        <>
          <LighterLevel found={standing} house={house} />
          <PauseForm caseId={standing.id} house={house} />
        </>
      )}
      <h3>
        <Trans>Close the case</Trans>
      </h3>
      <CloseCase caseId={standing.id} house={house} />
    </Card>
  )
}

function PauseForm({ caseId, house }: Readonly<{ caseId: string; house: HouseRecord }>) {
  const { t } = useLingui()
  return (
    <>
      <p>
        <Trans>Is the person stable? A paused case keeps its plan and its team.</Trans>
      </p>
      <ReasonButton
        draft={`pause-${caseId}`}
        verb={<Trans>Pause the case</Trans>}
        title={<Trans>Pause {house.givenName}’s case?</Trans>}
        label={t`Why, and what was agreed with the person`}
        run={(words) => pauseCase(caseId, words)}
        done={() => toast(<Trans>The case is paused.</Trans>, () => resumeCase(caseId))}
      >
        <Notice
          tone="warning"
          title={<Trans>Readings are not monitored while the case is paused</Trans>}
        >
          <p>
            <Trans>
              The Today page does not show this person’s readings, promises or reviews. Only a
              safety concern or a hospital stay brings them back. {house.givenName} sees a message
              about this on the readings page.
            </Trans>
          </p>
        </Notice>
      </ReasonButton>
    </>
  )
}

function Paused({ paused }: { paused: Case }) {
  const saving = useSaveState()
  return (
    <>
      <p>
        <Trans>
          The case is paused. Only a safety concern or a hospital stay brings it onto the Today
          page.
        </Trans>
      </p>
      {paused.reason ? <blockquote className="case-reason">{paused.reason}</blockquote> : null}
      <Button pending={saving.pending} onClick={() => void saving.run(() => resumeCase(paused.id))}>
        <Trans>Restart the case</Trans>
      </Button>
      <SaveNote saving={saving} />
    </>
  )
}
