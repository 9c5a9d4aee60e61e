import { Trans } from '@lingui/react/macro'
import type { CrisisLine } from '#domain/plan/crisis/crisis-plan.ts'
import { PhoneText } from '#features/parts/call/phone-text.tsx'
import { SaidByLine } from '#features/parts/worse/said-by.tsx'
import { Quote } from '#ui/text/quote.tsx'

/** The lines of one part, each with who said it; what the person said is behind the yellow bar. */
export function CrisisLines({ lines }: { lines: readonly CrisisLine[] }) {
  if (lines.length === 0)
    return (
      <p className="crisis-none">
        <Trans>Nothing said yet</Trans>
      </p>
    )
  return lines.map((line) => (
    <div key={line.id} className="crisis-line">
      {line.said?.by.voice === 'person' ? (
        <Quote size="row">
          <PhoneText text={line.words} />
        </Quote>
      ) : (
        <p>
          <PhoneText text={line.words} />
        </p>
      )}
      <SaidByLine said={line.said} />
    </div>
  ))
}
