import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { recordScore } from '#client/queries/monitoring/find-people.ts'
import type { ScoreOfToday } from '#domain/risk/score-parameters.ts'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { frailtyBandLabels } from './labels.ts'

/** Saves today's scores on the record, with the records they are based on and what was missing. */
export function RecordScore({ person, score }: Readonly<{ person: string; score: ScoreOfToday }>) {
  const { t } = useLingui()
  const band = frailtyBandLabels[score.frailty.band]
  const bandText = band ? t(band) : score.frailty.band
  const missing = [
    score.missing.includes('birth-date') ? t`No birth date, so no points for age.` : '',
    score.unmapped.length > 0 ? t`Conditions without a mapping: ${score.unmapped.length}.` : '',
    score.leftOut.length > 0 ? t`Conditions left out: ${score.leftOut.length}.` : '',
  ]
  const saving = useMutation({
    mutationFn: () =>
      recordScore(person, score, {
        charlson: t`Charlson ${score.charlson.score}`,
        frailty:
          score.frailty.unread > 0
            ? t`${bandText}, at least ${score.frailty.count} of 36`
            : t`${bandText}, ${score.frailty.count} of 36`,
        missing: missing.filter(Boolean).join(' '),
      }),
    onSuccess: () => toast(t`Today’s score is saved.`),
    onError: () => toast(t`The score was not saved. Try again.`),
  })
  return (
    <p>
      <Button variant="outline" pending={saving.isPending} onClick={() => saving.mutate()}>
        <Trans>Record today’s score</Trans>
      </Button>
    </p>
  )
}
