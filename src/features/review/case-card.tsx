import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { casesQuery } from '#client/queries/care-plan/case.ts'
import { openWorkQuery } from '#client/queries/care-plan/open-work.ts'
import { closeCase, pauseCase, resumeCase } from '#client/queries/care-plan/review.ts'
import { type Case, caseOutcomes, standingCase } from '#domain/case/case.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { ClosedCase, useOutcomeWords } from './closed-case.tsx'
import { OpenItems } from './open-items.tsx'

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
        <StepDown caseId={standing.id} house={house} />
      )}
      <h3>
        <Trans>Close the case</Trans>
      </h3>
      <CloseCase caseId={standing.id} house={house} />
    </Card>
  )
}

function StepDown({ caseId, house }: Readonly<{ caseId: string; house: HouseRecord }>) {
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

function CloseCase({ caseId, house }: Readonly<{ caseId: string; house: HouseRecord }>) {
  const { t } = useLingui()
  const { data: open } = useSuspenseQuery(openWorkQuery(house.person))
  const words = useOutcomeWords()
  const [chosen, setChosen] = useState(house.died ? 'died' : '')
  const [tried, setTried] = useState(false)
  const outcome = caseOutcomes.find((each) => each === chosen)
  if (open.length > 0)
    return <OpenItems open={open} person={house.person} died={house.died !== undefined} />
  const close = async (said: string) => {
    if (outcome) await closeCase({ caseId, plan: house.plan, outcome, words: said })
  }
  return (
    <ReasonButton
      draft={`close-${caseId}`}
      verb={<Trans>Close the case</Trans>}
      variant="danger"
      title={<Trans>Close {house.givenName}’s case?</Trans>}
      label={
        house.died
          ? t`How it ended, and who will support the people who cared for them`
          : t`What the outcome was, and what was agreed with the person`
      }
      ready={outcome !== undefined}
      onTry={() => setTried(true)}
      run={close}
      done={() => toast(<Trans>The case is closed.</Trans>)}
    >
      <p>
        <Trans>
          The plan and the team end, and readings are no longer monitored. You cannot undo this. The
          record is kept, and a new case can be opened later.
        </Trans>
      </p>
      <Radios
        legend={t`Outcome`}
        name="outcome"
        value={chosen}
        onChange={setChosen}
        error={tried && !outcome ? t`Choose an outcome` : undefined}
        options={caseOutcomes.map((value) => ({ value, label: words(value) }))}
      />
    </ReasonButton>
  )
}
