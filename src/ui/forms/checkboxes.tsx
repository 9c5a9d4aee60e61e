import { ChoiceGroup, type ChoiceGroupProps } from './choice-group.tsx'

type CheckboxesProps = ChoiceGroupProps &
  Readonly<{ values: readonly string[]; onChange: (values: string[]) => void; name?: string }>

/** Any of a few. */
export function Checkboxes({ values, onChange, name, ...group }: CheckboxesProps) {
  const toggle = (value: string) =>
    onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
  return (
    <ChoiceGroup
      {...group}
      {...{ kind: 'checkboxes', name }}
      isChosen={(each) => values.includes(each)}
      onChoose={toggle}
    />
  )
}
