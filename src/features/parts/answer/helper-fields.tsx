import { Trans, useLingui } from '@lingui/react/macro'
import type { AnswerHelper, HelperRole } from '#domain/agreement/given-how.ts'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'

/** Somebody beside the person, as typed; no role: nobody. */
export type TypedHelper = Readonly<{ role: '' | HelperRole; name: string; language: string }>

export const nobodyBeside: TypedHelper = { role: '', name: '', language: '' }

/** Whether what was typed names somebody whole. */
export const isHelperNamed = ({ role, name, language }: TypedHelper): boolean =>
  role === '' || (name.trim() !== '' && (role === 'advocate' || language.trim() !== ''))

export function namedHelpers({ role, name, language }: TypedHelper): readonly AnswerHelper[] {
  if (role === '') return []
  const spoken = role === 'interpreter' ? { language: language.trim() } : {}
  return [{ role, name: name.trim(), ...spoken }]
}

type Props = Readonly<{
  helper: TypedHelper
  onChange: (helper: TypedHelper) => void
  tried: boolean
  /** an answer that was spoken needs somebody */
  needed?: boolean
}>

/** Who was beside the person while they answered. */
export function HelperFields(props: Props) {
  const { t } = useLingui()
  const { helper, onChange, tried, needed = false } = props
  const isMissing = tried && needed && helper.role === ''
  const options = [
    ...(needed ? [] : [{ value: '', label: t`Nobody` }]),
    { value: 'advocate', label: t`An advocate` },
    { value: 'interpreter', label: t`An interpreter` },
  ]
  return (
    <>
      <Radios
        legend={<Trans>Who is beside the person to help them answer?</Trans>}
        name="helper"
        value={helper.role}
        onChange={(next) => onChange({ ...helper, role: next as TypedHelper['role'] })}
        options={options}
        error={isMissing ? t`Say who was there` : undefined}
      />
      {helper.role === '' ? null : <NameAndLanguage {...props} />}
    </>
  )
}

function NameAndLanguage({ helper, onChange, tried }: Props) {
  const { t } = useLingui()
  const { role, name, language } = helper
  const missing = (text: string, error: string) => (tried && text.trim() === '' ? error : undefined)
  return (
    <>
      <TextField
        label={role === 'advocate' ? t`Name of the advocate` : t`Name of the interpreter`}
        value={name}
        onChange={(next) => onChange({ ...helper, name: next })}
        error={missing(name, t`Enter a name`)}
      />
      {role === 'interpreter' ? (
        <TextField
          label={t`Language`}
          value={language}
          onChange={(next) => onChange({ ...helper, language: next })}
          error={missing(language, t`Enter a language`)}
        />
      ) : null}
    </>
  )
}
