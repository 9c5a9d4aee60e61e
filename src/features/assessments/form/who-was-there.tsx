import { Trans, useLingui } from '@lingui/react/macro'
import type { WhoWasThere } from '#domain/assessment/response.ts'
import { TextField } from '#ui/forms/text-field.tsx'

type Props = Readonly<{ there: WhoWasThere; onChange: (there: WhoWasThere) => void }>

/** Who was there besides the two, and who interpreted. */
export function WhoWasThereFields({ there, onChange }: Props) {
  const { t } = useLingui()
  return (
    <section className="assess-question" aria-labelledby="who-was-there">
      <h2 id="who-was-there">
        <Trans>Who was there</Trans>
      </h2>
      <TextField
        label={t`Who else was present (optional)`}
        name="present"
        value={there.present ?? ''}
        onChange={(present) => onChange({ ...there, present })}
      />
      <TextField
        label={t`Interpreter (optional)`}
        hint={t`Name and language`}
        name="interpreter"
        value={there.interpreter ?? ''}
        onChange={(interpreter) => onChange({ ...there, interpreter })}
      />
    </section>
  )
}
