import { ChoiceGroup, type ChoiceGroupProps } from './choice-group.tsx'

type RadiosProps = ChoiceGroupProps &
  Readonly<{
    value: string
    onChange: (value: string) => void
    name: string
    inline?: boolean
    small?: boolean
  }>

/** One of a few. */
export function Radios({ value, onChange, ...group }: RadiosProps) {
  return (
    <ChoiceGroup {...group} kind="radios" isChosen={(each) => each === value} onChoose={onChange} />
  )
}
