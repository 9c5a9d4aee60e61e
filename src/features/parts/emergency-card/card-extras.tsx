import { useLingui } from '@lingui/react/macro'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'

type Props = Readonly<{ values: readonly string[]; onChange: (values: readonly string[]) => void }>

/** What a card says only if the person agrees: asked whenever one is made. */
export function CardExtras({ values, onChange }: Props) {
  const { t } = useLingui()
  return (
    <Checkboxes
      legend={t`What else it says`}
      values={values}
      onChange={onChange}
      options={[
        {
          value: 'illnesses',
          label: t`Illnesses, and what is good to know, like falls or living alone: an ambulance crew asks about them first`,
        },
        { value: 'matters', label: t`What matters most, and who has the whole plan` },
      ]}
    />
  )
}

export const extrasIn = (values: readonly string[]) => ({
  illnesses: values.includes('illnesses'),
  matters: values.includes('matters'),
})
