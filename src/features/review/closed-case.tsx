import { Trans, useLingui } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { takeOnPatient } from '#client/queries/care-plan/case.ts'
import type { Case, CaseOutcome } from '#domain/case/case.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Names of the outcomes; one of another system stays as it came. */
export function useOutcomeWords(): (code: string) => string {
  const { t } = useLingui()
  const words: Readonly<Record<CaseOutcome, string>> = {
    'goals-reached': t`Goals reached`,
    'partly-reached': t`Some goals reached`,
    'persons-wish': t`The person wanted to stop`,
    'moved-away': t`Moved away, or to another team`,
    died: t`Died`,
  }
  return (code) => words[code as CaseOutcome] ?? code
}

/** How the last case ended, and the way to a new one. */
export function ClosedCase({ cases, died }: Readonly<{ cases: readonly Case[]; died: boolean }>) {
  const last = cases.find((each) => each.state === 'closed')
  if (!last) return null
  return (
    <Card title={<Trans>The case is closed</Trans>}>
      <Outcome ended={last} />
      {died || last.outcome?.code === 'died' ? null : <NewCase person={last.person} />}
    </Card>
  )
}

function Outcome({ ended }: { ended: Case }) {
  const words = useOutcomeWords()
  return (
    <>
      {ended.outcome ? (
        <>
          <p>
            <strong>{words(ended.outcome.code)}</strong>
          </p>
          <blockquote className="case-reason">{ended.outcome.words}</blockquote>
        </>
      ) : null}
      {ended.continues ? (
        <p>
          <Trans>What continues:</Trans> {ended.continues}
        </p>
      ) : null}
      {ended.comeBack ? (
        <p>
          <Trans>How to come back:</Trans> {ended.comeBack}
        </p>
      ) : null}
      {ended.until ? (
        <p className="gable-meta">
          <Trans>
            Closed on <DateText date={ended.until} />
          </Trans>
        </p>
      ) : null}
    </>
  )
}

function NewCase({ person }: { person: string }) {
  const saving = useSaveState()
  const open = async () => {
    await takeOnPatient(person)
  }
  return (
    <>
      <p>
        <Trans>
          Does this person need you again? A closed case stays closed: what was agreed, and how it
          ended, stays as the person read it. A new case starts with a new plan, and names this one.
        </Trans>
      </p>
      <Button variant="outline" pending={saving.pending} onClick={() => void saving.run(open)}>
        <Trans>Open a new case</Trans>
      </Button>
      <SaveNote saving={saving} />
    </>
  )
}
